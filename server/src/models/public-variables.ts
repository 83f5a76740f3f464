/** Environment variables that bundlers put into what every browser gets, and names that do not belong there. */

/** Source: the documentation of Next.js, Vite, Create React App, Expo, Nuxt, Gatsby, SvelteKit and Vue CLI. */
const PREFIX = /^(?:NEXT_PUBLIC|VITE|REACT_APP|EXPO_PUBLIC|NUXT_PUBLIC|GATSBY|VUE_APP)_/;

const SECRET =
  /(?:^|_)(?:SECRET|SERVICE_ROLE|PRIVATE_KEY|PASSWORD|PASSWD|DATABASE_URL|DB_URL|MONGO(?:DB)?_URI|MONGO(?:DB)?_URL|JWT_KEY|SIGNING_KEY|ENCRYPTION_KEY|SECRET_ACCESS_KEY|ADMIN_(?:KEY|TOKEN|API_KEY)|SERVICE_ACCOUNT|CLIENT_SECRET|(?:OPENAI|ANTHROPIC|CLAUDE|GROQ|MISTRAL|OPENROUTER|DEEPSEEK|COHERE|PERPLEXITY|REPLICATE|HUGGINGFACE|HF|ELEVENLABS|XAI)_(?:API_)?(?:KEY|TOKEN)|(?:RESEND|SENDGRID|MAILGUN|TWILIO)_(?:API_KEY|AUTH_TOKEN|TOKEN)|STRIPE_(?:SECRET|SK)|GITHUB_TOKEN|PAT)(?:_|$)/;
const MEANT =
  /ANON|PUBLISHABLE|PUBLIC_KEY|SITE_?KEY|MAPS|DSN|POSTHOG|ANALYTICS|MEASUREMENT|(?:PASSWORD|SECRET)_(?:RESET|MIN|MAX|LENGTH|LOGIN|AUTH|URL|PATH|POLICY|ENABLED|HINT|NAME|MANAGER)|_(?:ENABLED|URL|PATH|LENGTH|MODE|PAGE|NAME|LINK|HELP|HEADER)$/;
const ALWAYS = /(?:DATABASE|DB|MONGO(?:DB)?)_UR[IL]$/;

/** Whether every browser gets what is in a variable of this name although nobody may have it. */
export function isPublishedSecret(name: string): boolean {
  const [prefix] = PREFIX.exec(name) ?? [];
  if (prefix === undefined) return false;
  const rest = name.slice(prefix.length);
  return SECRET.test(rest) && (ALWAYS.test(rest) || !MEANT.test(rest));
}

/** The name without the prefix. */
export function privateName(name: string): string {
  return name.replace(PREFIX, '');
}
