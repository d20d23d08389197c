// Data, tokenizers and weights.
import type { Calls } from "./scope.js";

export const DATA: Calls = {
  'new TextDataset("once upon a time", { tokenizer, sequenceLength: 4 })':
    'TypeError: a TextDataset is made by TextDataset.fromDocuments([text], options) or TextDataset.fromFile(path, options), not by new; got "once upon a time"',
  "new DataLoader(dataset, { batchSize: 2 })":
    "TypeError: new DataLoader takes an object of options, got a TextDataset; its options: dataset, batchSize, shuffle, seed, dropLast, rank, worldSize, device, agreeToStop",
  "new DataLoader({ dataset, batch_size: 2 })":
    "TypeError: new DataLoader has no option batch_size; did you mean batchSize? Its options: dataset, batchSize, shuffle, seed, dropLast, rank, worldSize, device, agreeToStop",
  "new DataLoader({ dataset, batchSize: 0 })":
    "DataError: batchSize 0 given; it must be a whole number of rows, at least 1",
  'new DataLoader({ dataset: "text", batchSize: 2 })':
    'TypeError: new DataLoader: dataset must be a dataset, an object with length, sequenceLength and row(index), such as TextDataset.fromFile(...), got "text"',
  "new DataLoader({ dataset, batchSize: 2 }).take(-1)":
    "RangeError: take: numSteps must be a whole number of at least 0, got -1",
  'TextDataset.fromDocuments("text", { tokenizer, sequenceLength: 4 })':
    'TypeError: TextDataset.fromDocuments: documents must be a list of texts, got "text"',
  'TextDataset.fromDocuments(["text"], { sequenceLength: 4 })':
    "TypeError: TextDataset: tokenizer must be a tokenizer, as await AutoTokenizer.fromPretrained(folder), got undefined",
  "TextDataset.fromFile(3, { tokenizer, sequenceLength: 4 })":
    "TypeError: TextDataset.fromFile: files must be a path, or a list of paths, got 3",
  'TextDataset.fromFile("a.txt", { tokenizer, seqLength: 4 })':
    "TypeError: TextDataset.fromFile has no option seqLength. Its options: tokenizer, sequenceLength, separator",
  "readText(3)": "TypeError: readText: file must be a path, got 3",
  'readText("no-such-file.txt")': "DataError: no-such-file.txt: no such file",
  "AutoTokenizer.fromPretrained(3)":
    "TypeError: AutoTokenizer.fromPretrained: source must be a folder's path or a model's name on the Hub, got 3",
  'AutoTokenizer.fromPretrained("no-such-folder")':
    "HubError: no-such-folder: no folder of this name here, and the Hub's cache has no main of it; HF_HUB_OFFLINE is set: call this once with the network, or give the path of a local folder",
  "tokenizer.encode(3)": "TypeError: encode takes a text, got 3; encodeBatch takes a list of texts",
  'tokenizer.encodeBatch("a")': 'TypeError: encodeBatch takes a list of texts, got "a"',
  'tokenizer.encode("a", { returnTensors: "pt" })':
    "TypeError: encode has no option returnTensors. Its options: addSpecialTokens",
  'tokenizer.decode("ab")': 'TypeError: decode takes a list of token ids, got "ab"',
  "tokenizer.decode([99999])":
    "TokenizerError: id 99999 is not in the vocabulary of 257 ids of <folder>/tokenizer",
  "tokenizer.decode(ids.view(2, 2))":
    "TypeError: decode takes the ids of one text, [N] or [1, N], got a Tensor int64[2, 2]; decode row by row",
  'tokenizer.applyChatTemplate("Hello")':
    'TypeError: applyChatTemplate: messages must be a list of messages, such as [{ role: "user", content: "Hello" }], got "Hello"',
  "tokenizer.applyChatTemplate([])":
    "RangeError: applyChatTemplate: messages must hold at least one message, got an empty list",
  'tokenizer.applyChatTemplate([{ content: "Hello" }])':
    'TypeError: applyChatTemplate: message 0 must be an object with a role and a content, got { content: "Hello" }',
  'tokenizer.applyChatTemplate([{ role: "user", content: "Hello" }], { add_generation_prompt: true })':
    "TypeError: applyChatTemplate has no option add_generation_prompt; did you mean addGenerationPrompt? Its options: addGenerationPrompt, continueFinalMessage, tools, documents, chatTemplate, templateVariables, tokenize, returnAssistantTokensMask",
  'tokenizer.applyChatTemplate([{ role: "user", content: "Hello" }])':
    'TokenizerError: the tokenizer of <folder>/tokenizer has no chat template; give one with the option chatTemplate, or load an "instruct" or "chat" model',
  'tokenizer.applyChatTemplate([{ role: "user", content: "Hello" }], { chatTemplate: "a", returnAssistantTokensMask: true, tokenize: false })':
    "TokenizerError: applyChatTemplate: returnAssistantTokensMask is of tokens; leave out tokenize: false",
  'trainByteLevelBpe("text", { vocabSize: 300, specialTokens: [] })':
    'TypeError: trainByteLevelBpe: texts must be a list of texts, got "text"',
  'trainByteLevelBpe(["text"], { vocabSize: 10, specialTokens: [] })':
    "TokenizerError: vocabSize 10 given; it must be a whole number from 256 (256 bytes and 0 special tokens) to 1048575",
  'trainByteLevelBpe(["text"], { vocabSize: 300 })':
    "TypeError: trainByteLevelBpe: specialTokens must be a list of texts, got undefined",
  'writeTokenizer("folder", { tokens: [] }, { eos: "a" })':
    "TypeError: writeTokenizer: trained must be what trainByteLevelBpe returned, got { tokens: [] }",
  "WeightsFolder.open(3)": "TypeError: WeightsFolder.open: folder must be a path, got 3",
  'writeWeights("folder", [{ name: "a", tensor: x }])':
    'TypeError: writeWeights: item 0 must be [name, tensor], as model.namedParameters() gives them, or { name, dtype, shape, bytes }, got { name: "a", tensor: a Tensor float32[2, 3] }',
  'writeWeights("folder", model)':
    "TypeError: writeWeights: sources must be a list of named tensors, as model.namedParameters(), got a LlamaForCausalLM",
  'writeWeights("folder", [], { maxShardSize: 1 })':
    "TypeError: writeWeights has no option maxShardSize; did you mean shard? Its options: shard, sizePerShard, prefix",
  "TextDataset.fromDocuments([1, 2], { tokenizer, sequenceLength: 4 })":
    "TypeError: TextDataset.fromDocuments: document 0 must be text, got 1",
  "TextDataset.fromDocuments(new Uint8Array(4), { tokenizer, sequenceLength: 4 })":
    "TypeError: TextDataset.fromDocuments: documents must be a list of texts, got a Uint8Array",
  "new DataLoader({ dataset: { length: NaN, sequenceLength: 4, row: () => new Int32Array(4) }, batchSize: 1 })":
    "RangeError: new DataLoader: length of the dataset must be a whole number of at least 0, got NaN; it must be finite",
  "new DataLoader({ dataset: { length: 2, sequenceLength: 2.5, row: () => new Int32Array(4) }, batchSize: 1 })":
    "RangeError: new DataLoader: sequenceLength of the dataset must be a whole number of at least 1, got 2.5",
  "[...new DataLoader({ dataset: { length: 2, sequenceLength: 4, row: () => Int32Array.of(1, 2, 3) }, batchSize: 2 })]":
    "DataError: row 0 of the dataset has 3 tokens, its sequenceLength is 4; rows must all have that many",
  "[...new DataLoader({ dataset: { length: 2, sequenceLength: 2, row: () => Int32Array.of(1, 2, 3) }, batchSize: 2 })]":
    "DataError: row 0 of the dataset has 3 tokens, its sequenceLength is 2; rows must all have that many",
  "[...new DataLoader({ dataset: { length: 2, sequenceLength: 2, row: () => [1.5, 2] }, batchSize: 2 })]":
    "DataError: row 0 of the dataset must be an Int32Array, got [1.5, 2]",
  "[...new DataLoader({ dataset: { length: 2, sequenceLength: 2, row: () => undefined }, batchSize: 2 })]":
    "DataError: row 0 of the dataset must be an Int32Array, got undefined",
  "new DataLoader({ dataset, batchSize: 2 }).loadState(null)":
    "TypeError: loadState: state must be what state() gave, got null",
  "new DataLoader({ dataset: SupervisedDataset.fromRows([], { tokenizer, maxLength: 8 }), batchSize: 1 })":
    "DataError: rows: holds no rows",
  'SupervisedDataset.fromFile("rows.xlsx", { tokenizer, maxLength: 8 })':
    "DataError: rows.xlsx: rows are read from .jsonl, .ndjson, .csv, .txt, .parquet, .arrow, .feather, .ipc; for a .json that holds a list: jq -c '.[]' file.json > file.jsonl",
  'SupervisedDataset.fromFile("no-such-file.jsonl", { tokenizer, maxLength: 8 })':
    "DataError: no-such-file.jsonl: no such file",
  'SupervisedDataset.fromFile("rows.jsonl", { tokenizer, max_length: 8 })':
    "TypeError: SupervisedDataset.fromFile has no option max_length; did you mean maxLength? Its options: tokenizer, maxLength, columns, assistantOnlyLoss, completionOnlyLoss, padToMultipleOf, cacheFolder, badRowsFile, maxBadRows",
  'SupervisedDataset.fromRows([{ text: "a" }], { maxLength: 8 })':
    "TypeError: SupervisedDataset: tokenizer must be a tokenizer, as await AutoTokenizer.fromPretrained(folder), got undefined",
  'SupervisedDataset.fromRows([{ text: "a" }], { tokenizer })':
    "TypeError: SupervisedDataset: maxLength must be a whole number of at least 2, got undefined",
  'SupervisedDataset.fromRows([{ text: "a" }], { tokenizer, maxLength: 8, columns: { question: "q" } })':
    'TypeError: SupervisedDataset.fromRows: columns must be an object from messages, tools, prompt, completion, instruction, input, output, system, text to names of columns, got { question: "q" }',
  'SupervisedDataset.fromRows([{ text: "ab" }], { tokenizer, maxLength: 8 }).split(0.5)':
    "DataError: heldOutFraction 0.5 of 1 rows given; it must lie between 0 and 1, such as 0.05, and leave a row to train on",
  "new StreamingDataset([])":
    "TypeError: a StreamingDataset is made by StreamingDataset.fromFiles(files, options), not by new; got []",
  'StreamingDataset.fromFiles("no-such-file.jsonl", { tokenizer, maxLength: 8 })':
    "DataError: no-such-file.jsonl: no such file",
  'StreamingDataset.fromFiles("rows.jsonl", { tokenizer, max_length: 8 })':
    "TypeError: StreamingDataset.fromFiles has no option max_length; did you mean maxLength? Its options: tokenizer, maxLength, columns, assistantOnlyLoss, completionOnlyLoss, padToMultipleOf, badRowsFile, maxBadRows, pack, shuffleWindow",
  'StreamingDataset.fromFiles("no-such-folder/*.jsonl", { tokenizer, maxLength: 8 })':
    "DataError: no-such-folder: cannot be read (ENOENT)",
  "new SupervisedDataset([])":
    "TypeError: a SupervisedDataset is made by SupervisedDataset.fromFile(path, options) or SupervisedDataset.fromRows(rows, options), not by new; got []",
  "model.forward({ inputIds: ids, documentIds: ids })":
    "TypeError: forward: documentIds need positionIds that begin anew with each document; give those too",
  "model.forward({ inputIds: ids, documents: new PackedDocuments([[1, 3]], { rowLength: 4 }) })":
    "TypeError: forward: documents need positionIds that begin anew with each document; give those too",
  "model.forward({ inputIds: ids, positionIds: ids.mul(0), documents: new PackedDocuments([[1, 3]], { rowLength: 5 }) })":
    "RangeError: forward: documents must be of as many tokens as inputIds, [1, 4], got those of [1, 5]",
  "model.forward({ inputIds: ids, positionIds: ids.mul(0), documents: [[1, 3]] })":
    "TypeError: forward: documents must be a PackedDocuments, as a DataLoader's batch has it, got [[1, 3]]",
  "new PackedDocuments([[1, 0]], { rowLength: 4 })":
    "RangeError: new PackedDocuments: lengths must be a list of values, each a list of numbers of tokens, got [[1, 0]]",
  "new PackedDocuments([[1, 3]], {})":
    "TypeError: new PackedDocuments: rowLength must be a whole number of at least 1, got undefined",
  "new PackedDocuments([[1], [3, 2]], { rowLength: 4 })":
    "RangeError: new PackedDocuments: the documents of row 1 have 5 tokens together, rowLength is 4",
  "PackedDocuments.fromIds([[0, 1]])":
    "TypeError: PackedDocuments.fromIds: documentIds must be a tensor of shape (batch, tokens) on the CPU; reading it from a GPU would wait for it, got [[0, 1]]",
  "PackedDocuments.fromIds(tensor([[0, 1, 0]]))":
    "RangeError: PackedDocuments.fromIds: the tokens of each document must stand together in its row; give documentIds alone to forward, which then makes a mask",
  'readText("")': 'RangeError: readText: file must be a path, got ""',
  'TextDataset.fromFile("", { tokenizer, sequenceLength: 4 })':
    'RangeError: TextDataset.fromFile: files must be a path, or a list of paths, got ""',
  'AutoTokenizer.fromPretrained("")': `RangeError: AutoTokenizer.fromPretrained: source must be a folder's path or a model's name on the Hub, got ""`,
  'WeightsFolder.open("")': 'RangeError: WeightsFolder.open: folder must be a path, got ""',
  'saveMemorySnapshot("")': 'RangeError: saveMemorySnapshot: file must be a path, got ""',
  'writeWeights("", [])': 'RangeError: writeWeights: folder must be a path, got ""',
  'tokenizer.save("")': 'RangeError: tokenizer.save: folder must be a path, got ""',
};
