// The files of an example as a TypeScript program, for transformations that must know which name means what.
// Nothing outside the example is read: no library, no packages.

import ts from 'typescript';
import type { SourceText } from '../checker';

const CODE = /\.[cm]?[jt]sx?$/;

/** A parsed example. Built on first use, once per list of files. */
export class Project {
  readonly files: readonly SourceText[];
  private readonly program: ts.Program;
  private readonly references = new Map<ts.SourceFile, Map<ts.Symbol, ts.Identifier[]>>();

  constructor(files: readonly SourceText[]) {
    this.files = files;
    const sources = new Map(files.filter(isCode).map((file) => [`/${file.name}`, parse(file)]));
    const options: ts.CompilerOptions = {
      allowJs: true,
      noLib: true,
      noResolve: true,
      jsx: ts.JsxEmit.Preserve,
      target: ts.ScriptTarget.ESNext,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      moduleDetection: ts.ModuleDetectionKind.Force,
      experimentalDecorators: true,
    };
    this.program = ts.createProgram([...sources.keys()], options, {
      getSourceFile: (name) => sources.get(name),
      fileExists: (name) => sources.has(name),
      readFile: () => undefined,
      getDefaultLibFileName: () => '/lib.d.ts',
      writeFile: () => {},
      getCurrentDirectory: () => '/',
      getCanonicalFileName: (name) => name,
      useCaseSensitiveFileNames: () => true,
      getNewLine: () => '\n',
    });
  }

  get checker(): ts.TypeChecker {
    return this.program.getTypeChecker();
  }

  /** The syntax of a file; `undefined` where it is not TypeScript or JavaScript. */
  sourceOf(name: string): ts.SourceFile | undefined {
    return this.program.getSourceFile(`/${name}`);
  }

  /** What an identifier names, where it stands for a variable, parameter, function, import or type. */
  symbolOf(identifier: ts.Identifier): ts.Symbol | undefined {
    const { parent } = identifier;
    if (ts.isShorthandPropertyAssignment(parent) && parent.name === identifier) {
      return this.checker.getShorthandAssignmentValueSymbol(parent);
    }
    if (ts.isExportSpecifier(parent)) {
      const isLocal = (parent.propertyName ?? parent.name) === identifier;
      const isOwn = parent.parent.parent.moduleSpecifier === undefined;
      return isLocal && isOwn ? this.checker.getExportSpecifierLocalTargetSymbol(parent) : undefined;
    }
    if ((ts.isBindingElement(parent) || ts.isImportSpecifier(parent)) && parent.propertyName === identifier) {
      return undefined;
    }
    return this.checker.getSymbolAtLocation(identifier);
  }

  /** Each identifier of a file by what it names, declarations included. */
  referencesIn(file: ts.SourceFile): ReadonlyMap<ts.Symbol, readonly ts.Identifier[]> {
    const known = this.references.get(file);
    if (known !== undefined) return known;
    const references = new Map<ts.Symbol, ts.Identifier[]>();
    for (const node of nodesOf(file)) {
      if (!ts.isIdentifier(node)) continue;
      const symbol = this.symbolOf(node);
      if (symbol === undefined) continue;
      const own = references.get(symbol);
      if (own === undefined) references.set(symbol, [node]);
      else own.push(node);
    }
    this.references.set(file, references);
    return references;
  }

  /** The identifiers that name the same as this one in its file, itself included. */
  usesOf(identifier: ts.Identifier): readonly ts.Identifier[] {
    const symbol = this.symbolOf(identifier);
    return (symbol && this.referencesIn(identifier.getSourceFile()).get(symbol)) ?? [identifier];
  }
}

const projects = new WeakMap<readonly SourceText[], Project>();

/** The project of these very files; transformations of one example share it. */
export function projectOf(files: readonly SourceText[]): Project {
  const known = projects.get(files);
  if (known !== undefined) return known;
  const project = new Project(files);
  projects.set(files, project);
  return project;
}

/** Whether a file is TypeScript or JavaScript. */
export function isCode({ name }: SourceText): boolean {
  return CODE.test(name);
}

/** Parses one file alone. */
export function parse({ name, text }: SourceText): ts.SourceFile {
  const options = {
    languageVersion: ts.ScriptTarget.ESNext,
    jsDocParsingMode: ts.JSDocParsingMode.ParseNone,
  };
  return ts.createSourceFile(`/${name}`, text, options, true);
}

/** The syntax errors of a file. */
export function syntaxErrors(file: ts.SourceFile): readonly string[] {
  const { parseDiagnostics } = file as unknown as { parseDiagnostics: readonly ts.Diagnostic[] };
  return parseDiagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}

/** Each node below one, in the order of the text. */
export function* nodesOf(root: ts.Node): Iterable<ts.Node> {
  const children: ts.Node[] = [];
  ts.forEachChild(root, (child) => void children.push(child));
  for (const child of children) {
    yield child;
    yield* nodesOf(child);
  }
}
