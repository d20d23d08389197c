// Names that transformers 5 has for tokenizer classes: other names of a class, and classes that are not repeated here.

/** Names that mean another class. */
export const OTHER_NAMES: Readonly<Record<string, string>> = {
  BartTokenizer: "RobertaTokenizer",
  ElectraTokenizer: "BertTokenizer",
  LayoutLMTokenizer: "BertTokenizer",
  LEDTokenizer: "RobertaTokenizer",
  LongformerTokenizer: "RobertaTokenizer",
  LxmertTokenizer: "BertTokenizer",
  MobileBertTokenizer: "BertTokenizer",
  MvpTokenizer: "RobertaTokenizer",
  Phi3Tokenizer: "LlamaTokenizer",
  SqueezeBertTokenizer: "BertTokenizer",
};

const BOXES = "takes words with their boxes on a page";
const IN_PYTHON = "is written in Python and does not read tokenizer.json";
const JOINS = "leaves out repeated tokens when it decodes, as CTC does";
const ENTITIES = "takes entities beside a text";

/** Why a class is not repeated here, as the end of a sentence. */
export const REFUSED: Readonly<Record<string, string>> = {
  BertTokenizerLegacy: IN_PYTHON,
  DPRReaderTokenizer: "takes questions, titles and texts together",
  EsmcTokenizer: "brings a vocabulary of its own",
  LasrTokenizer: JOINS,
  LayoutLMv2Tokenizer: BOXES,
  LayoutLMv3Tokenizer: BOXES,
  LayoutXLMTokenizer: BOXES,
  LukeTokenizer: ENTITIES,
  MLukeTokenizer: ENTITIES,
  MarkupLMTokenizer: "takes the nodes of a web page",
  ParakeetTokenizer: JOINS,
  RoFormerTokenizer: "splits Chinese words with the Python package rjieba",
  SeamlessM4TTokenizer:
    "puts other tokens around a text when it is called than when it encodes one",
  UdopTokenizer: BOXES,
  ...Object.fromEntries(
    (
      "Bartpho BertGeneration BertJapanese Bertweet BioGpt BlenderbotSmall ByT5 CTRL Canine Clvp Cpm CpmAnt Dia Esm " +
      "FSMT FastSpeech2Conformer Flaubert GPTNeoXJapanese GPTSw3 M2M100 Marian Mgpstr MyT5 PLBart Perceiver Phobert " +
      "Pop2Piano ProphetNet Rag RoCBert Siglip Speech2Text SpeechT5 Tapas Vits Wav2Vec2CTC Wav2Vec2PhonemeCTC XLM"
    )
      .split(" ")
      .map((name) => [`${name}Tokenizer`, IN_PYTHON]),
  ),
};
