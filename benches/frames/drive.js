// Pans and zooms over the element that carries data-gs-timeline, a wheel event a frame, and measures what each frame
// keeps the main thread busy for: the event's handlers, then everything from the first callback of the frame to the first
// task after it has been painted. The last argument is called with the milliseconds of each frame and of all long tasks.
const [steps, done] = arguments;
const canvas = document.querySelector("[data-gs-timeline]");
const box = canvas.getBoundingClientRect();
const y = box.top + Math.min(box.height, innerHeight - box.top) - 40;
const frames = [];
const long = [];
const observer = new PerformanceObserver((list) => list.getEntries().forEach((task) => long.push(task.duration)));
observer.observe({ type: "longtask" });
const wait = (start) => new Promise(start);

function wheel(init) {
  const at = { clientX: box.left + box.width * 0.6, clientY: y, bubbles: true, cancelable: true };
  canvas.dispatchEvent(new WheelEvent("wheel", { ...at, ...init }));
}

async function frame(init) {
  const channel = new MessageChannel();
  const painted = wait((resolve) => { channel.port1.onmessage = () => resolve(performance.now()); });
  let began;
  requestAnimationFrame(() => {
    began = performance.now();
    channel.port2.postMessage(0);
  });
  const before = performance.now();
  wheel(init);
  const handled = performance.now() - before;
  frames.push(handled + (await painted) - began);
}

(async () => {
  for (const [count, init] of steps) {
    for (let i = 0; i < count; i += 1) {
      await frame(init);
    }
  }
  // Long tasks are told a little later than they end.
  await wait((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));
  observer.takeRecords().forEach((task) => long.push(task.duration));
  observer.disconnect();
  done({ frames, long });
})();
