/** The line over the map that says what the page is doing. */
import { byId, el } from "./dom.js";

/** Shows loading, errors, empty results and notices. */
export class Status {
  #box = byId("status");

  /** Say *message*; each of *actions* becomes a button. */
  show(kind, message, actions = {}) {
    const buttons = Object.entries(actions).map(([label, act]) => {
      const button = el("button", { type: "button" }, label);
      button.addEventListener("click", act);
      return button;
    });
    this.#box.dataset.kind = kind;
    this.#box.setAttribute("role", kind === "error" ? "alert" : "status");
    this.#box.replaceChildren(el("span", {}, message), ...buttons);
    this.#box.hidden = false;
  }

  /** Say nothing more. */
  hide() {
    this.#box.hidden = true;
    this.#box.replaceChildren();
    this.#box.dataset.kind = "";
  }
}
