// A recipe's templates filled with the options of a folder.

import type { Place, Template } from "./recipe.js";

export type Options = Readonly<Record<string, unknown>>;

/** The template with what the options decide in its places. */
export function fillTemplate(template: Template, options: Options): unknown {
  if (typeof template !== "object" || template === null) return template;
  if (isList(template)) {
    return template.map((each) => fillTemplate(each, options)).filter((each) => each !== undefined);
  }
  if (isPlace(template)) return fillPlace(template, options);
  return Object.fromEntries(
    Object.entries(template).map(([name, part]) => [name, fillTemplate(part, options)]),
  );
}

function fillPlace(place: Place, options: Options): unknown {
  const value = options[place.of];
  if (place.place === "choice") return fillTemplate(isTrue(value) ? place.yes : place.no, options);
  return value === undefined || (value === null && place.otherwise !== null)
    ? fillTemplate(place.otherwise, options)
    : value;
}

/** As Python sees it. */
function isTrue(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

function isList(template: object): template is readonly Template[] {
  return Array.isArray(template);
}

function isPlace(template: object): template is Place {
  return "place" in template;
}
