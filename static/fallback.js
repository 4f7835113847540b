// Until the app has started, and where it cannot, "Open full page" leads to the same scenario outside of the frame.
(() => {
  const link = document.getElementById("full-page");
  if (!link) return;
  const follow = () => {
    const here = new URL(location.href);
    // As `full_page` in src/session/sharing.rs.
    for (const key of ["embed", "mode", "theme", "controls", "speed", "autoplay"]) here.searchParams.delete(key);
    link.href = here.pathname + here.search + here.hash;
  };
  follow();
  addEventListener("hashchange", follow);
})();
