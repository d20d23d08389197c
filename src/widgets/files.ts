// Bytes both ways: a picture shown from the bytes of its file, files given by a person.

import { type Common, common, controlModel, type Labelled, labelled } from "./models.js";
import type { Widget } from "./widget.js";
import { type WidgetClass, widgetClass } from "./widget-class.js";

/** Properties of an `Image`. */
export interface ImageProperties extends Common {
  /** The file's bytes. */
  value: Uint8Array;
  /** "png", "jpeg", "gif" or "webp". */
  format: string;
  /** CSS pixels, as text. */
  width: string;
  /** CSS pixels, as text. */
  height: string;
}

/** A picture that can be replaced. */
export const Image: WidgetClass<ImageProperties> = widgetClass<ImageProperties>("Image", {
  model: controlModel("Image"),
  defaults: () => ({
    ...{ ...common(), value: new Uint8Array(), format: "png", width: "", height: "" },
  }),
});
export type Image = Widget<ImageProperties> & ImageProperties;

/** A file as the page gives it. */
export interface UploadedFile {
  /** Without its folder. */
  readonly name: string;
  /** MIME type. */
  readonly type: string;
  /** Bytes. */
  readonly size: number;
  /** Bytes of the file. */
  readonly content: Uint8Array;
}

/** Properties of a `FileUpload`. */
export interface FileUploadProperties extends Labelled {
  /** Files chosen last. */
  value: readonly UploadedFile[];
  /** MIME types or endings, such as ".txt,.jsonl". */
  accept: string;
  /** Whether several files may be chosen at once. */
  multiple: boolean;
  /** Name of a Font Awesome icon. */
  icon: string;
}

/** A button that takes files from the person's computer. */
export const FileUpload: WidgetClass<FileUploadProperties> = widgetClass<FileUploadProperties>(
  "FileUpload",
  {
    model: controlModel("FileUpload"),
    defaults: () => ({
      ...{ ...labelled(), description: "Upload", icon: "upload" },
      ...{ value: [], accept: "", multiple: false },
    }),
  },
);
export type FileUpload = Widget<FileUploadProperties> & FileUploadProperties;
