/** Let who has no mouse scroll a place: it takes the focus while there is more in it than it shows. */
export function letKeysScroll(place) {
  const follow = () => {
    if (place.scrollHeight > place.clientHeight && scrolls(place)) place.setAttribute("tabindex", "0");
    else place.removeAttribute("tabindex");
  };
  new ResizeObserver(follow).observe(place);
  const changes = { childList: true, subtree: true, attributes: true, attributeFilter: ["open", "hidden"] };
  new MutationObserver(follow).observe(place, changes);
}

function scrolls(place) {
  return getComputedStyle(place).overflowY === "auto";
}
