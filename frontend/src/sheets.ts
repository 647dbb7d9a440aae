// The pages on cooperation and services: they work without a script; this makes details, errors and waiting nicer.
import "@digdir/designsystemet-web/details";
import "@digdir/designsystemet-web/ds-error-summary";
import "@digdir/designsystemet-web/ds-field";
import "@digdir/designsystemet-web/fieldset";
import "@digdir/designsystemet-web/popover";
import "htmx.org";

// What is wrong is read first.
document.getElementById("complaints")?.focus();

// On paper nothing can be opened, so it is opened beforehand.
addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll<HTMLDetailsElement>("main details:not([open])")) {
    details.open = true;
    details.dataset["opened"] = "";
  }
});
addEventListener("afterprint", () => {
  for (const details of document.querySelectorAll<HTMLDetailsElement>("details[data-opened]")) {
    details.open = false;
    delete details.dataset["opened"];
  }
});
