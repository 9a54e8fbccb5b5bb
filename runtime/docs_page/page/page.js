// Starts Swagger UI on the document that index.html names, in the colours that the reader's system has.
import {StreamsPlugin} from "./plugin.js";

const page = document.getElementById("page");
const dark = matchMedia("(prefers-color-scheme: dark)");
const paint = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", paint);
paint();

window.SwaggerUIBundle({
  url: page.dataset.document,
  domNode: page,
  presets: [window.SwaggerUIBundle.presets.apis],
  plugins: [StreamsPlugin],
  layout: "BaseLayout",
  deepLinking: true,
  tryItOutEnabled: true,
  displayRequestDuration: true,
  defaultModelsExpandDepth: 0,
  validatorUrl: null,  // sends nothing to others
  oauth2RedirectUrl: new URL("oauth2-redirect.html", import.meta.url).href,
});
