// Controls.
import type { Calls } from "./scope.js";

export const WIDGETS: Calls = {
  "new widgets.IntSlider(3)":
    "TypeError: new IntSlider takes an object of options, got 3; its options: layout, tooltip, description, disabled, orientation, readout, continuousUpdate, value, step, readoutFormat, min, max, style",
  "new widgets.IntSlider({ maximum: 3 })":
    "TypeError: new IntSlider has no option maximum. Its options: layout, tooltip, description, disabled, orientation, readout, continuousUpdate, value, step, readoutFormat, min, max, style",
  "new widgets.IntSlider({ min: 5, max: 3 })":
    "RangeError: IntSlider: min is 5 and max is 3: min must not be greater",
  "new widgets.IntSlider({ value: NaN })":
    "RangeError: IntSlider: value must be a number, got NaN; it must be finite",
  'new widgets.IntSlider({ value: "3" })': 'TypeError: IntSlider: value must be a number, got "3"',
  'new widgets.IntSlider().observe("vale", () => 1)':
    "TypeError: IntSlider has no option vale; did you mean value? Its options: layout, tooltip, description, disabled, orientation, readout, continuousUpdate, value, step, readoutFormat, min, max, style",
  'new widgets.IntSlider().observe(() => 1, "value")':
    'TypeError: IntSlider.observe: name must be text, got a function; it comes first: observe("value", listener)',
  "new widgets.IntSlider().onChange(3)":
    "TypeError: IntSlider.observe: listener must be a function, got 3",
  "new widgets.FloatSlider({ value: 200 })":
    "RangeError: FloatSlider: value is 200: it must be from 0 to 100 (min, max)",
  "new widgets.IntRangeSlider({ value: 3 })":
    "TypeError: IntRangeSlider: value must be a list, got 3",
  "new widgets.FloatRangeSlider({ value: [0, 200] })":
    "RangeError: FloatRangeSlider: value is 0, 200: it must be from 0 to 100 (min, max)",
  "new widgets.IntProgress({ total: 3 })":
    "TypeError: new IntProgress has no option total. Its options: layout, tooltip, barStyle, orientation, description, value, min, max, style",
  'new widgets.FloatProgress({ value: "half" })':
    'TypeError: FloatProgress: value must be a number, got "half"',
  "new widgets.IntText({ number: 3 })":
    "TypeError: new IntText has no option number. Its options: layout, tooltip, description, disabled, value, step, continuousUpdate",
  "new widgets.FloatText({ value: NaN })":
    "RangeError: FloatText: value must be a number, got NaN; it must be finite",
  'new widgets.Button("press")':
    'TypeError: new Button takes an object of options, got "press"; its options: layout, tooltip, description, disabled, buttonStyle, icon, style',
  'new widgets.Button({ label: "press" })':
    "TypeError: new Button has no option label. Its options: layout, tooltip, description, disabled, buttonStyle, icon, style",
  "new widgets.Button({ description: 3 })": "TypeError: Button: description must be text, got 3",
  'new widgets.Button().onClick("press")':
    'TypeError: onClick: listener must be a function, got "press"',
  "new widgets.HBox(new widgets.Button())":
    "TypeError: new HBox: children must be a list of controls, got a Button",
  "new widgets.VBox([3])": "TypeError: new VBox: children must be a list of controls, got [3]",
  'new widgets.Tab([], { title: ["a"] })':
    "TypeError: new Tab has no option title; did you mean titles? Its options: layout, tooltip, children, titles, selectedIndex",
  'new widgets.Accordion("a")':
    'TypeError: new Accordion: children must be a list of controls, got "a"',
  'new widgets.FileUpload({ accepts: ".txt" })':
    "TypeError: new FileUpload has no option accepts; did you mean accept? Its options: layout, tooltip, description, disabled, icon, value, accept, multiple",
  'new widgets.Image({ src: "a.png" })':
    "TypeError: new Image has no option src. Its options: layout, tooltip, value, format, width, height",
  'new widgets.Layout({ colour: "red" })':
    "TypeError: new Layout has no option colour. Its options: width, height, minWidth, minHeight, maxWidth, maxHeight, margin, padding, overflow, display, visibility, order, top, right, bottom, left, borderTop, borderRight, borderBottom, borderLeft, flex, flexFlow, alignContent, alignItems, alignSelf, justifyContent, justifyItems, gridArea, gridColumn, gridRow, gridGap, gridTemplateColumns, gridTemplateRows, gridTemplateAreas, gridAutoColumns, gridAutoRows, gridAutoFlow, objectFit, objectPosition",
  'new widgets.Output({ text: "a" })':
    "TypeError: new Output has no option text. Its options: layout, tooltip, outputs",
  'new widgets.Dropdown(["a", "b"])':
    'TypeError: new Dropdown takes an object of options, got ["a", "b"]; its options: options, value, layout, tooltip, description, disabled',
  'new widgets.Dropdown({ options: ["a"], value: "b" })':
    'RangeError: Dropdown: value must be one of its options, "a", got "b"',
  'new widgets.Dropdown({ choices: ["a"] })':
    "TypeError: new Dropdown has no option choices. Its options: options, value, layout, tooltip, description, disabled",
  'new widgets.RadioButtons({ options: "a" })':
    'TypeError: new RadioButtons: options must be a list of choices, or an object of labels and values, got "a"',
  'new widgets.Select({ options: ["a"], selected: "a" })':
    "TypeError: new Select has no option selected. Its options: options, value, layout, tooltip, description, disabled",
  "new widgets.Checkbox({ checked: true })":
    "TypeError: new Checkbox has no option checked. Its options: layout, tooltip, description, disabled, value, indent",
  "new widgets.Checkbox({ value: 1 })": "TypeError: Checkbox: value must be true or false, got 1",
  'new widgets.HTML("<b>a</b>")':
    'TypeError: new HTML takes an object of options, got "<b>a</b>"; its options: layout, tooltip, value, description',
  'new widgets.Label({ text: "a" })':
    "TypeError: new Label has no option text. Its options: layout, tooltip, value, description",
  "new widgets.Password({ value: 3 })": "TypeError: Password: value must be text, got 3",
  'new widgets.Text({ placeHolder: "a" })':
    "TypeError: new Text has no option placeHolder; did you mean placeholder? Its options: layout, tooltip, description, disabled, value, placeholder, continuousUpdate",
  "new widgets.Textarea({ rows: 3, columns: 80 })":
    "TypeError: new Textarea has no option columns. Its options: layout, tooltip, description, disabled, value, placeholder, continuousUpdate, rows",
};
