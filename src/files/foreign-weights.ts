// Weights in a pickle, which may run code when it is opened.

/** What to do about them. */
export const PICKLE_HINT =
  "Pickles can run code and are never opened here; convert once in Python: " +
  "AutoModelForCausalLM.from_pretrained(folder).save_pretrained(new_folder, safe_serialization=True)";
