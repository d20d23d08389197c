// Controls for notebooks: `import { IntSlider } from "notebooster/widgets"`. They speak the protocol of Jupyter's widgets,
// so JupyterLab and VS Code show them as they show Python's.

import { answerPages } from "./control.js";

export { Accordion, HBox, Tab, VBox } from "./boxes.js";
export { Button, type ButtonProperties } from "./button.js";
export {
  FileUpload,
  type FileUploadProperties,
  Image,
  type ImageProperties,
  type UploadedFile,
} from "./files.js";
export { Layout, type LayoutProperties } from "./models.js";
export {
  FloatProgress,
  FloatRangeSlider,
  FloatSlider,
  FloatText,
  IntProgress,
  IntRangeSlider,
  IntSlider,
  IntText,
  type NumberTextProperties,
  type ProgressProperties,
  type SliderProperties,
} from "./numbers.js";
export { Output } from "./output.js";
export {
  Dropdown,
  type Options,
  RadioButtons,
  Select,
  type SelectionOptions,
} from "./selection.js";
export {
  Checkbox,
  type CheckboxProperties,
  HTML,
  Label,
  type LabelProperties,
  Password,
  Text,
  Textarea,
  type TextareaProperties,
  type TextProperties,
} from "./texts.js";
export { type Listener, Widget } from "./widget.js";

answerPages();
