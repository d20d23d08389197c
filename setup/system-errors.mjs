// The errors of the machine that a person can mend, as one sentence.
import { noSpace } from "./command.mjs";
import { paths } from "./paths.mjs";
import { SetupError } from "./setup-error.mjs";

const readOnly = `It may not be written there: run this as the owner of ${paths.root}, on a disk that can be written.`;
const remedies = {
  ENOSPC: noSpace,
  EDQUOT: noSpace,
  EROFS: readOnly,
  EACCES: readOnly,
  EPERM: readOnly,
};

/** Runs `body`; a full or read-only disk becomes a SetupError. */
export async function explainingSystemErrors(body) {
  try {
    return await body();
  } catch (error) {
    const remedy = remedies[error.code];
    if (remedy === undefined) throw error;
    throw new SetupError(`${error.path ?? paths.root}: ${error.message}. ${remedy}`, {
      cause: error,
    });
  }
}
