/** `countersign routes`: the routes of an application with what stands before each. */
import type { Command } from './command';

export const routes: Command = {
  name: 'routes',
  summary: 'show the routes of an application, and what guards each',
  usage: '[paths...] [options]',
  options: [
    {
      name: 'format',
      short: 'f',
      value: 'FORMAT',
      choices: ['pretty', 'json'],
      summary: 'how to print them: `pretty` unless given',
    },
    { name: 'open', summary: 'only routes before which nobody is turned away, as far as it is known' },
  ],
  details: [
    'Express, Fastify, Koa, Hono, NestJS, Next.js and tRPC, through all files of the folders that are named, or of the',
    'present one. Before each route stands `●` where somebody is turned away, `○` where nobody is, and `◌` where something',
    'stands there of which it is not known what it does.',
  ].join('\n'),

  async run({ switches, values, positionals }, environment) {
    const { showRoutes } = await import('./routing.js');
    const isJson = values.get('format') === 'json';
    return showRoutes({ paths: positionals, isJson, isOpenOnly: switches.has('open') }, environment);
  },
};
