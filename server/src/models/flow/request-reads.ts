/** How frameworks hand a request over, and which parts of it a client decides on. */
import type { Cleans } from '../../analysis/flow/capability';

/** A part of a request, by the way from the parameter to it, and what cannot be in it. */
export type Reads = Readonly<Record<string, Cleans>>;

/** Texts: no objects with operators for MongoDB. */
const TEXT: Cleans = ['nosql'];
const ANYTHING: Cleans = [];

/** Express 4 and 5, Fastify 5, Next.js (pages), Node's `http`, and what they have in common with the standard `Request`. */
export const REQUEST: Reads = {
  body: ANYTHING,
  rawBody: TEXT,
  query: ANYTHING,
  params: TEXT,
  headers: TEXT,
  cookies: TEXT,
  signedCookies: TEXT,
  url: TEXT,
  originalUrl: TEXT,
  path: TEXT,
  hostname: TEXT,
  host: TEXT,
  subdomains: TEXT,
  rawHeaders: TEXT,
  file: TEXT,
  files: TEXT,
  'get()': TEXT,
  'header()': TEXT,
  'param()': TEXT,
  'json()': ANYTHING,
  'text()': TEXT,
  'formData()': TEXT,
  nextUrl: TEXT,
};

/** Properties of an uploaded file whose values the server makes. Source: multer 2, express-fileupload 1, formidable 3. */
export const OF_UPLOAD: ReadonlySet<string> = new Set(
  'path filename destination buffer data size md5 tempFilePath filepath newFilename fieldname encoding'.split(
    ' ',
  ),
);

/** hapi 21, beside what others have as well. */
export const HAPI: Reads = { payload: ANYTHING };

/** Koa 3; in Koa 1 `this` is the context. */
export const KOA: Reads = {
  'request.body': ANYTHING,
  'request.query': ANYTHING,
  'request.headers': TEXT,
  'request.header': TEXT,
  'request.url': TEXT,
  'request.path': TEXT,
  'request.querystring': TEXT,
  'request.files': TEXT,
  'request.rawBody': TEXT,
  'request.host': TEXT,
  'request.hostname': TEXT,
  'request.href': TEXT,
  'request.get()': TEXT,
  'req.url': TEXT,
  'req.headers': TEXT,
  query: ANYTHING,
  querystring: TEXT,
  params: TEXT,
  headers: TEXT,
  header: TEXT,
  url: TEXT,
  path: TEXT,
  href: TEXT,
  host: TEXT,
  hostname: TEXT,
  originalUrl: TEXT,
  subdomains: TEXT,
  'get()': TEXT,
  'cookies.get()': TEXT,
};

/** Hono 4: everything is behind `c.req`. */
export const HONO: Reads = {
  'req.query()': TEXT,
  'req.queries()': TEXT,
  'req.param()': TEXT,
  'req.header()': TEXT,
  'req.json()': ANYTHING,
  'req.text()': TEXT,
  'req.parseBody()': TEXT,
  'req.formData()': TEXT,
  'req.url': TEXT,
  'req.path': TEXT,
  'req.raw': TEXT,
};

/** AWS Lambda behind API Gateway (payload 1.0 and 2.0) or a function's own address. */
export const LAMBDA: Reads = {
  body: TEXT,
  queryStringParameters: TEXT,
  multiValueQueryStringParameters: TEXT,
  pathParameters: TEXT,
  headers: TEXT,
  rawPath: TEXT,
  rawQueryString: TEXT,
  cookies: TEXT,
  // Queues, topics and buckets: keys and messages are others' texts.
  Records: TEXT,
};

/** React Router 7, Remix 2, SvelteKit 2, Astro 5: an object with the request in it. */
export const EVENT: Reads = {
  'request.json()': ANYTHING,
  'request.text()': TEXT,
  'request.formData()': TEXT,
  'request.headers': TEXT,
  'request.url': TEXT,
  'url.searchParams': TEXT,
  'url.pathname': TEXT,
  params: TEXT,
};

/** Next.js (app): the properties of a page, the second argument of a route. */
export const NEXT_PAGE: Reads = { params: TEXT, searchParams: TEXT };

/** Next.js (pages): the context of `getServerSideProps`. */
export const NEXT_PROPS: Reads = {
  query: ANYTHING,
  params: TEXT,
  resolvedUrl: TEXT,
  'req.headers': TEXT,
  'req.cookies': TEXT,
  'req.url': TEXT,
  'req.body': ANYTHING,
};
export const PROPS_NAMES: ReadonlySet<string> = new Set(['getServerSideProps', 'getInitialProps']);

/** Elysia 1. */
export const ELYSIA: Reads = {
  body: ANYTHING,
  query: TEXT,
  params: TEXT,
  headers: TEXT,
  cookie: TEXT,
  path: TEXT,
  'request.url': TEXT,
  'request.headers': TEXT,
};

/** tRPC 11. */
export const TRPC: Reads = { input: ANYTHING, rawInput: ANYTHING };

/** A parameter is a request by its declared type. */
export const TYPES: Readonly<Record<string, Reads>> = {
  'express.Request': REQUEST,
  'express-serve-static-core.Request': REQUEST,
  'fastify.FastifyRequest': REQUEST,
  'next.NextApiRequest': REQUEST,
  'next/server.NextRequest': REQUEST,
  'http.IncomingMessage': REQUEST,
  'http2.Http2ServerRequest': REQUEST,
  'globalThis.Request': REQUEST,
  'koa.Context': KOA,
  'koa.ParameterizedContext': KOA,
  'hono.Context': HONO,
  'aws-lambda.APIGatewayProxyEvent': LAMBDA,
  'aws-lambda.APIGatewayProxyEventV2': LAMBDA,
  'aws-lambda.APIGatewayEvent': LAMBDA,
  'aws-lambda.LambdaFunctionURLEvent': LAMBDA,
  '@remix-run/node.LoaderFunctionArgs': EVENT,
  '@remix-run/node.ActionFunctionArgs': EVENT,
  'react-router.LoaderFunctionArgs': EVENT,
  'react-router.ActionFunctionArgs': EVENT,
  '@sveltejs/kit.RequestEvent': EVENT,
  'astro.APIContext': EVENT,
};

/** A function's first parameter is a request by the declared type of the function. */
export const HANDLER_TYPES: Readonly<Record<string, Reads>> = {
  'express.RequestHandler': REQUEST,
  'express.Handler': REQUEST,
  'fastify.RouteHandlerMethod': REQUEST,
  'http.RequestListener': REQUEST,
  'next.NextApiHandler': REQUEST,
  'next.GetServerSideProps': NEXT_PROPS,
  'koa.Middleware': KOA,
  'hono.Handler': HONO,
  'hono.MiddlewareHandler': HONO,
  'aws-lambda.APIGatewayProxyHandler': LAMBDA,
  'aws-lambda.APIGatewayProxyHandlerV2': LAMBDA,
  'aws-lambda.SQSHandler': LAMBDA,
  'aws-lambda.SNSHandler': LAMBDA,
  'aws-lambda.S3Handler': LAMBDA,
  '@remix-run/node.LoaderFunction': EVENT,
  '@remix-run/node.ActionFunction': EVENT,
  '@sveltejs/kit.RequestHandler': EVENT,
  '@sveltejs/kit.ServerLoad': EVENT,
  '@sveltejs/kit.Handle': EVENT,
  'astro.APIRoute': EVENT,
};

/** What makes the routes of a framework, and what their handlers get first. By canonical name. */
export const APPS: Readonly<Record<string, Reads>> = {
  'express()': REQUEST,
  'express.Router()': REQUEST,
  'fastify()': REQUEST,
  'fastify.fastify()': REQUEST,
  'koa()': KOA,
  '@koa/router()': KOA,
  'koa-router()': KOA,
  'hono.Hono()': HONO,
  '@hono/zod-openapi.OpenAPIHono()': HONO,
  'elysia.Elysia()': ELYSIA,
  'elysia()': ELYSIA,
  'find-my-way()': REQUEST,
  'restify.createServer()': REQUEST,
  'http.createServer': REQUEST,
  'https.createServer': REQUEST,
  'polka()': REQUEST,
};

/** The methods that take handlers. */
export const ROUTING: ReadonlySet<string> = new Set(
  'get post put patch delete del head options all use route on addHook createServer'.split(' '),
);

/** Properties of an object of options that hold a handler: `fastify.route({ url, handler })`. */
export const HANDLER_KEYS: ReadonlySet<string> = new Set(
  'handler onRequest preParsing preValidation preHandler'.split(' '),
);

/** Decorators of parameters that a client decides on. Sources: the documentation of NestJS 11, routing-controllers 0.11, TypeGraphQL 2, Ts.ED 8. */
export const DECORATORS: ReadonlySet<string> = new Set([
  '@nestjs/common.Body',
  '@nestjs/common.Query',
  '@nestjs/common.Param',
  '@nestjs/common.Headers',
  '@nestjs/common.RawBody',
  '@nestjs/common.UploadedFile',
  '@nestjs/common.UploadedFiles',
  '@nestjs/graphql.Args',
  '@nestjs/websockets.MessageBody',
  '@nestjs/microservices.Payload',
  '@nestjs/common.HostParam',
  ...of(
    'routing-controllers',
    'Body BodyParam QueryParam QueryParams Param Params HeaderParam HeaderParams CookieParam CookieParams UploadedFile',
  ),
  ...of('@tsed/common', 'BodyParams QueryParams PathParams HeaderParams'),
  'type-graphql.Arg',
  'type-graphql.Args',
]);
export const REQUEST_DECORATORS: ReadonlySet<string> = new Set([
  '@nestjs/common.Req',
  '@nestjs/common.Request',
]);

/** Pipes whose results have no free text in them. */
export const STRICT_PIPES = /^@nestjs\/common\.Parse(?:Int|Float|Bool|UUID|Enum|Date)Pipe\b/;

/** Functions of a file that a framework calls by their exported names. */
export const ROUTE_NAMES: ReadonlySet<string> = new Set('GET POST PUT PATCH DELETE HEAD OPTIONS'.split(' '));
export const LOADER_NAMES: ReadonlySet<string> = new Set(['loader', 'action', 'load', ...ROUTE_NAMES]);

function of(module: string, names: string): string[] {
  return names.split(' ').map((name) => `${module}.${name}`);
}
