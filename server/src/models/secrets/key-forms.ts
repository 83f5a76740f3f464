/** How the keys of providers look: from their documentation, as data. A row is a provider, a form, how sure it is. */
import type { Confidence } from '../../analysis/finding';

export interface Form {
  readonly what: string;
  readonly variable: string;
  /** Without what stands around it; anchored by the search. */
  readonly pattern: string;
  readonly confidence?: Confidence;
  /** Whether its last six characters are a checksum of the thirty before. */
  readonly hasChecksum?: boolean;
}

export const FORMS: readonly Form[] = [
  form('AWS access key', 'AWS_ACCESS_KEY_ID', '(?:AKIA|ASIA)[A-Z2-7]{16}'),
  form('Anthropic key', 'ANTHROPIC_API_KEY', 'sk-ant-[a-z]+\\d{2}-[\\w-]{40,}'),
  form('OpenAI key', 'OPENAI_API_KEY', 'sk-(?:proj|svcacct|admin)-[\\w-]{40,}|sk-[A-Za-z0-9]{48}'),
  form('OpenRouter key', 'OPENROUTER_API_KEY', 'sk-or-v1-[0-9a-f]{64}'),
  form('Groq key', 'GROQ_API_KEY', 'gsk_[A-Za-z0-9]{40,}'),
  form('xAI key', 'XAI_API_KEY', 'xai-[A-Za-z0-9]{60,}'),
  form('Perplexity key', 'PERPLEXITY_API_KEY', 'pplx-[A-Za-z0-9]{40,}'),
  form('Hugging Face token', 'HF_TOKEN', 'hf_[A-Za-z0-9]{34,}'),
  form('Replicate token', 'REPLICATE_API_TOKEN', 'r8_[A-Za-z0-9]{37}'),
  { ...form('GitHub token', 'GITHUB_TOKEN', 'gh[pousr]_[A-Za-z0-9]{36}'), hasChecksum: true },
  form(
    'GitHub token',
    'GITHUB_TOKEN',
    'gh[us]_[A-Za-z0-9]{37,255}|github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}',
  ),
  form('GitLab token', 'GITLAB_TOKEN', 'gl(?:pat|dt|rt|cbt|ptt|ft|soat)-[\\w-]{20,}'),
  { ...form('npm token', 'NPM_TOKEN', 'npm_[A-Za-z0-9]{36}'), hasChecksum: true },
  form('PyPI token', 'PYPI_TOKEN', 'pypi-AgEIcHlwaS5vcmc[\\w-]{50,}'),
  form('Stripe key', 'STRIPE_SECRET_KEY', '[rs]k_live_[A-Za-z0-9]{16,}'),
  form('Stripe test key', 'STRIPE_SECRET_KEY', '[rs]k_test_[A-Za-z0-9]{24,}', 'medium'),
  form('webhook secret', 'WEBHOOK_SECRET', 'whsec_[A-Za-z0-9+/]{32,}={0,2}'),
  form('Slack token', 'SLACK_TOKEN', 'xox[abeoprs]-[A-Za-z0-9-]{20,}|xapp-\\d-[A-Z0-9]+-\\d+-[0-9a-f]{40,}'),
  form(
    'Slack webhook',
    'SLACK_WEBHOOK_URL',
    'https://hooks\\.slack\\.com/services/T[A-Z0-9]{7,}/B[A-Z0-9]{7,}/[A-Za-z0-9]{20,}',
  ),
  form('Discord token', 'DISCORD_TOKEN', '[MNO][A-Za-z0-9_-]{23,25}\\.[\\w-]{6}\\.[\\w-]{27,38}'),
  form(
    'Discord webhook',
    'DISCORD_WEBHOOK_URL',
    'https://discord(?:app)?\\.com/api/webhooks/\\d{17,20}/[\\w-]{60,}',
  ),
  form('Telegram bot token', 'TELEGRAM_BOT_TOKEN', '\\d{8,10}:AA[\\w-]{33}'),
  form('SendGrid key', 'SENDGRID_API_KEY', 'SG\\.[\\w-]{22}\\.[\\w-]{43}'),
  form('Resend key', 'RESEND_API_KEY', 're_[A-Za-z0-9]{8}_[A-Za-z0-9]{24}'),
  form('Mailgun key', 'MAILGUN_API_KEY', 'key-[0-9a-f]{32}'),
  form('Twilio key', 'TWILIO_API_KEY', 'SK[0-9a-f]{32}', 'medium'),
  form('Google key', 'GOOGLE_API_KEY', 'AIza[\\w-]{35}', 'medium'),
  form('Google client secret', 'GOOGLE_CLIENT_SECRET', 'GOCSPX-[\\w-]{28}'),
  form('Supabase secret', 'SUPABASE_SERVICE_ROLE_KEY', 'sb_secret_[\\w-]{20,}|sbp_[0-9a-f]{40}'),
  form('DigitalOcean token', 'DIGITALOCEAN_TOKEN', 'do[opr]_v1_[0-9a-f]{64}'),
  form('Shopify token', 'SHOPIFY_ACCESS_TOKEN', 'shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}'),
  form('Azure storage key', 'AZURE_STORAGE_CONNECTION_STRING', 'AccountKey=[A-Za-z0-9+/]{86}=='),
  form('Linear key', 'LINEAR_API_KEY', 'lin_api_[A-Za-z0-9]{40}'),
  form('Notion token', 'NOTION_TOKEN', 'ntn_[A-Za-z0-9]{40,}'),
  form('Databricks token', 'DATABRICKS_TOKEN', 'dapi[0-9a-f]{32}'),
  form('New Relic key', 'NEW_RELIC_API_KEY', 'NRAK-[A-Z0-9]{27}'),
  form('Square secret', 'SQUARE_ACCESS_TOKEN', 'sq0(?:csp|atp)-[\\w-]{22,43}'),
  form('Vault token', 'VAULT_TOKEN', 'hv[sbr]\\.[\\w-]{24,200}'),
  form('Terraform token', 'TFE_TOKEN', '[A-Za-z0-9]{14}\\.atlasv1\\.[\\w-]{60,80}'),
  form('Docker token', 'DOCKER_TOKEN', 'dckr_(?:pat|oat)_[\\w-]{27,32}'),
  form('1Password token', 'OP_SERVICE_ACCOUNT_TOKEN', 'ops_eyJ[\\w-]{200,1000}'),
  form('Atlassian token', 'ATLASSIAN_TOKEN', 'ATATT3[\\w=-]{180,220}'),
  form('Azure client secret', 'AZURE_CLIENT_SECRET', '[A-Za-z0-9_~.]{3}\\dQ~[A-Za-z0-9_~.-]{31,34}'),
  form('Grafana token', 'GRAFANA_TOKEN', 'glsa_[A-Za-z0-9]{32}_[0-9a-f]{8}|glc_eyJ[A-Za-z0-9+/=]{60,400}'),
  form('Sentry token', 'SENTRY_AUTH_TOKEN', 'sntryu_[0-9a-f]{64}|sntrys_eyJ[\\w+/=-]{80,500}'),
  form('PlanetScale token', 'PLANETSCALE_TOKEN', 'pscale_(?:tkn|pw|oauth)_[\\w.=-]{32,64}'),
  form('Postman key', 'POSTMAN_API_KEY', 'PMAK-[0-9a-f]{24}-[0-9a-f]{34}'),
  form('Pulumi token', 'PULUMI_ACCESS_TOKEN', 'pul-[0-9a-f]{40}'),
  form('RubyGems key', 'GEM_HOST_API_KEY', 'rubygems_[0-9a-f]{48}'),
  form('Doppler token', 'DOPPLER_TOKEN', 'dp\\.(?:pt|st|ct|sa|scim|audit)\\.[\\w.-]{40,60}'),
  form('Airtable token', 'AIRTABLE_TOKEN', 'pat[A-Za-z0-9]{14}\\.[0-9a-f]{64}'),
  form('Figma token', 'FIGMA_TOKEN', 'figd_[\\w-]{40,45}'),
  form('Netlify token', 'NETLIFY_AUTH_TOKEN', 'nfp_[A-Za-z0-9]{36}'),
  form('Heroku key', 'HEROKU_API_KEY', 'HRKU-[\\w-]{36,70}'),
  form('Mailchimp key', 'MAILCHIMP_API_KEY', '[0-9a-f]{32}-us\\d{1,2}'),
  form('Dropbox token', 'DROPBOX_TOKEN', 'sl\\.[\\w-]{130,200}'),
  form('Facebook token', 'FACEBOOK_TOKEN', 'EAA[A-Za-z0-9]{90,250}'),
  form('Google access token', 'GOOGLE_TOKEN', 'ya29\\.[\\w-]{60,300}', 'medium'),
  form('Braintree token', 'BRAINTREE_TOKEN', 'access_token\\$production\\$[0-9a-z]{16}\\$[0-9a-f]{32}'),
];

function form(what: string, variable: string, pattern: string, confidence?: Confidence): Form {
  return { what, variable, pattern, ...(confidence && { confidence }) };
}

/** What must be in a text that has any of them: what most begin with, and what is in the others. */
export const SIGNS =
  /\b(?:AKIA|ASIA|sk-|gsk_|xai-|pplx-|hf_|r8_|gh[pousr]_|github_pat_|gl[a-z]{2,4}-|npm_|pypi-|[rs]k_(?:live|test)_|whsec_|xox[abeoprs]-|xapp-|SG\.|re_|key-|SK[0-9a-f]|AIza|GOCSPX-|sb_secret_|sbp_|shp[acps]|lin_api_|ntn_|dapi|NRAK-|sq0|[MNO][\w-]{23,25}\.|hv[sbr]\.|dckr_|ATATT3|glsa_|glc_|sntry[us]_|pscale_|PMAK-|pul-|rubygems_|dp\.|pat[A-Za-z0-9]{14}\.|figd_|nfp_|HRKU-|sl\.|EAA|ya29\.)|hooks\.slack|webhooks\/|:AA|_v1_|AccountKey=|eyJ|\.atlasv1\.|\dQ~|-us\d|\$production\$|PRIVATE KEY|:\/\/[^\s/:@]{0,64}:[^\s/@]{4,128}@/;
