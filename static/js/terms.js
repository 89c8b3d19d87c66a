// A term opens on a click without this script. It adds the mouse: a definition opens under the pointer, stays while the
// pointer is on it, and Escape closes it. Only where the browser places it beside its term, so that one can reach it.

const WAIT = 200
const LEAVE = 350
const isNear = CSS.supports("position-area", "block-end")
const hovers = matchMedia("(hover: hover)").matches

function follow(term) {
  const definition = document.getElementById(term.getAttribute("popovertarget"))
  let timer = 0
  let isOurs = false // One that was opened by a click stays until the reader closes it.

  const later = (act, delay) => {
    clearTimeout(timer)
    timer = setTimeout(act, delay)
  }
  const open = () => {
    if (definition.matches(":popover-open")) return
    definition.showPopover({ source: term })
    isOurs = true
  }
  const close = () => {
    if (isOurs) definition.hidePopover()
  }

  term.addEventListener("pointerenter", event => event.pointerType === "mouse" && later(open, WAIT))
  term.addEventListener("pointerleave", () => later(close, LEAVE))
  definition.addEventListener("pointerenter", () => clearTimeout(timer))
  definition.addEventListener("pointerleave", () => later(close, LEAVE))
  term.addEventListener("click", event => {
    clearTimeout(timer)
    if (!isOurs) return
    isOurs = false
    event.preventDefault() // The pointer had opened it: the click keeps it open.
  })
  definition.addEventListener("toggle", event => {
    if (event.newState === "closed") isOurs = false
  })
}

if (isNear && hovers) document.querySelectorAll(".term").forEach(follow)
