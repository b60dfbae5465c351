/** Starts the page. */
import { render } from "preact";
import { followAddress } from "../state/store.js";
import { App } from "./app.js";

render(<App />, document.getElementById("app") as HTMLElement);
void followAddress();
if (!__ONE_FILE__ && "serviceWorker" in navigator && import.meta.env.PROD) {
  // Without it the page works all the same, only not without a network.
  navigator.serviceWorker.register("./service-worker.js").catch(() => undefined);
}
