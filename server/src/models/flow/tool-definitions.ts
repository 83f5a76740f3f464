/** How functions are handed to a language model as tools: by library, and by the shape that all of them share. */

/** Where the function that does the work stands, and the schema of its arguments. */
export interface ToolRow {
  /** Of the canonical name of what is called or made, whole. */
  readonly name: RegExp;
  /**
   * - `option`: a property of the object that is the argument.
   * - `first`: the first argument; `last`: one behind the name, with the schema in front of it.
   */
  readonly work: 'option' | 'first' | 'last';
  /** The argument that is the schema, or that holds it, where it stands elsewhere. */
  readonly schema?: number;
  /** Whether `needsApproval: true` has it ask a person first. */
  readonly approves?: true;
  /** Whether what runs the tool asks for leave by itself. */
  readonly isAskedByHost?: true;
}

/**
 * Sources: the documentation of the AI SDK 6, OpenAI Agents 0.3, LangChain 1, `@modelcontextprotocol/sdk` 1,
 * Claude Agent SDK 0.1, `@anthropic-ai/sdk` 0.70, Mastra 0.24, Genkit 1, LlamaIndex 0.12, FastMCP 3.
 */
export const TOOL_CALLS: readonly ToolRow[] = [
  { name: /^ai\.(?:tool|dynamicTool)$/, work: 'option', approves: true },
  { name: /^@openai\/agents(?:-core)?\.tool$/, work: 'option', approves: true },
  { name: /^@mastra\/core(?:\/tools?)?\.createTool$/, work: 'option' },
  { name: /^(?:@langchain\/core\/tools(?:\/index)?(?:\.js)?|langchain)\.tool$/, work: 'first', schema: 1 },
  {
    name: /^(?:@langchain\/core\/tools|langchain\/tools|langchain)(?:\/index)?(?:\.js)?\.Dynamic(?:Structured)?Tool$/,
    work: 'option',
  },
  {
    name: /^@modelcontextprotocol\/(?:sdk\/server\/mcp(?:\.js)?|server)\.McpServer\(\)\.(?:tool|registerTool)$/,
    work: 'last',
    isAskedByHost: true,
  },
  { name: /^@anthropic-ai\/claude-(?:agent-sdk|code)\.tool$/, work: 'last', isAskedByHost: true },
  { name: /^@anthropic-ai\/sdk\/helpers\/beta\/[\w-]+(?:\.js)?\.beta(?:Zod)?Tool$/, work: 'option' },
  { name: /^genkit(?:\/\w+)?\.genkit\(\)\.defineTool$/, work: 'last', schema: 0 },
  { name: /^(?:llamaindex|@llamaindex\/core\/tools)\.FunctionTool\.from$/, work: 'first', schema: 1 },
  { name: /^(?:llamaindex|@llamaindex\/core\/tools)\.tool$/, work: 'option' },
  { name: /^fastmcp\.FastMCP\(\)\.addTool$/, work: 'option', isAskedByHost: true },
];

/** Methods of servers and registries that come from another file: `server.registerTool(name, { inputSchema }, work)`. */
export const REGISTERING: ReadonlySet<string> = new Set(['registerTool', 'tool', 'addTool', 'defineTool']);

/** What the function is called in a definition. */
export const WORK_KEYS: ReadonlySet<string> = new Set('execute handler func run invoke function'.split(' '));
/** What the schema is called. */
export const SCHEMA_KEYS: readonly string[] = [
  'inputSchema',
  'parameters',
  'schema',
  'input_schema',
  'paramsSchema',
];

/** What makes it ask a person first: AI SDK, OpenAI Agents, Mastra; the others by their habit. */
export const APPROVAL_KEYS: readonly string[] = [
  'needsApproval',
  'requireApproval',
  'requiresApproval',
  'requiresConfirmation',
  'requireConfirmation',
];

/** Classes with `_call(input)`. */
export const TOOL_CLASSES =
  /^(?:@langchain\/core\/tools|langchain\/tools|langchain)(?:\/index)?(?:\.js)?\.(?:Structured)?Tool$/;

/** `server.setRequestHandler(CallToolRequestSchema, …)` of the MCP SDK. */
export const CALL_TOOL_SCHEMA =
  /^@modelcontextprotocol\/(?:sdk\/types(?:\.js)?|server|core)\.CallToolRequestSchema$/;
