// The npm package ships no types; `plotly.ts` says what we use of it.
declare module "plotly.js-basic-dist-min";
