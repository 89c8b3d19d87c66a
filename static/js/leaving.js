/* Signing out leaves nothing of anyone's answers and texts on this device. */
import { forgetAll } from "./kept.js";

for (const form of document.querySelectorAll("form[data-leaving]")) form.addEventListener("submit", forgetAll);
