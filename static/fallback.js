// Until the app has started, and where it cannot, "Open full page" leads to the same scenario outside of the frame.
(() => {
  const link = document.getElementById("full-page");
  if (!link) return;
  const follow = () => {
    const here = new URL(location.href);
    here.searchParams.delete("embed");
    link.href = here.pathname + here.search + here.hash;
  };
  follow();
  addEventListener("hashchange", follow);
})();
