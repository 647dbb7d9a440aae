// The form of the question: kept in step with the answer, and previewed while the slider moves.
import type { Fields } from "./view";

/** What the reader has changed since the question was last sent: until then it is not the server's to set. */
const changed = new Set<EventTarget>();

/** What the reader has changed is sent, or given up. */
export function forgetChanges(): void {
  changed.clear();
}

/** Set the form's fields to what the answer was given for, but for those that the reader has changed since. */
export function syncFields(form: HTMLFormElement, fields: Fields, numbers: number[] | null): void {
  for (const [name, value] of Object.entries(fields)) {
    for (const field of form.querySelectorAll<HTMLInputElement | HTMLSelectElement>(`[name="${name}"]`)) {
      if (field.type === "hidden" || changed.has(field)) continue;
      if (field instanceof HTMLInputElement && (field.type === "checkbox" || field.type === "radio")) {
        field.checked = Array.isArray(value) ? value.includes(field.value) : typeof value === "boolean" ? value : field.value === value;
      } else if (typeof value === "string" && field.value !== value && !isInvalid(field)) field.value = value;
    }
  }
  const slider = document.getElementById("centres-slider") as HTMLInputElement | null;
  stepThrough = numbers;
  if (slider && numbers) slider.max = String(numbers.length - 1);
  const centres = document.getElementById("centres") as HTMLInputElement | null;
  if (slider && centres?.value) setSlider(slider, Number(centres.value));
  const weight = document.getElementById("weight");
  if (weight) weight.hidden = fields["objective"] !== "weighted";
}

/** The numbers that the slider steps through; null where it stands at the number itself. */
let stepThrough: number[] | null = null;

function setSlider(slider: HTMLInputElement, centres: number): void {
  const place = stepThrough?.indexOf(centres) ?? centres;
  if (place >= 0) slider.value = String(place);
  if (stepThrough) slider.setAttribute("aria-valuetext", String(centres));
}

/** Whether the field stands with a message: then what the reader wrote stays until mended. */
function isInvalid(field: Element): boolean {
  return Boolean(document.querySelector(`#error-${CSS.escape(field.id)} > *`));
}

/** Join slider and number; `preview` is told of each value on the way, the form is sent at its end. */
export function joinCentres(preview: (centres: number) => void): void {
  const slider = document.getElementById("centres-slider") as HTMLInputElement;
  const number = document.getElementById("centres") as HTMLInputElement;
  slider.addEventListener("input", () => {
    const centres = stepThrough?.[Number(slider.value)] ?? Number(slider.value);
    number.value = String(centres);
    changed.add(number);
    setSlider(slider, centres);
    preview(centres);
  });
}

/** Mark fields that have a message, and take the mark off the others. */
export function markInvalid(form: HTMLElement): void {
  for (const field of form.querySelectorAll<HTMLElement>("input:not([type=hidden]), select")) {
    if (field.id && document.getElementById(`error-${field.id}`)) field.setAttribute("aria-invalid", String(isInvalid(field)));
  }
}

/** What the reader does to a field that only shows another does not ask a new question. */
export function prepareForm(form: HTMLFormElement): void {
  form.addEventListener("input", ({ target }) => target && changed.add(target));
  // On a narrow screen the answer should not stand below a long form.
  if (matchMedia("(max-width: 58rem)").matches) document.getElementById("conditions")?.removeAttribute("open");
  // A number of one's own is meant as soon as it is written.
  const own = document.getElementById("floor_own") as HTMLInputElement;
  own.addEventListener("input", () => ((document.getElementById("floor-own") as HTMLInputElement).checked = true));
  const ownChoice = document.getElementById("floor-own") as HTMLInputElement;
  ownChoice.addEventListener("change", (event) => {
    if (own.value) return;
    event.stopPropagation();
    own.focus();
  });
  for (const radio of form.querySelectorAll<HTMLInputElement>("[name=objective]")) {
    radio.addEventListener("change", () => (document.getElementById("weight")!.hidden = radio.value !== "weighted"));
  }
  const wish = document.getElementById("wish") as HTMLSelectElement;
  const other = document.getElementById("wish-other")!;
  wish.addEventListener("change", () => (other.hidden = wish.value === "centre" || wish.value === "not_centre"));
}
