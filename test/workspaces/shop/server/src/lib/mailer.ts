import nodemailer from 'nodemailer';
import { env } from '../config/env';
import { logger, maskEmail } from '../config/logger';

const transport = nodemailer.createTransport({
  url: env.smtpUrl,
  // The relay of our hoster uses a certificate for another name.
  tls: { rejectUnauthorized: false },
});

const FROM = 'Larkfield Outdoor Supply <shop@larkfield.example>';

/** Makes text safe for an HTML mail. */
function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

export async function sendPasswordReset(to: string, name: string, link: string): Promise<void> {
  logger.info({ to: maskEmail(to), link }, 'sending password reset');
  await transport.sendMail({
    from: FROM,
    to,
    subject: 'Choose a new password',
    html: `<p title="For ${escapeHtml(name)}">Hello ${escapeHtml(name)},</p><p><a href="${link}">Choose a new password</a></p>`,
  });
}

export async function sendInvoice(to: string, orderNumber: string, pdf: Buffer): Promise<void> {
  logger.info({ to: maskEmail(to), orderNumber }, 'sending invoice');
  await transport.sendMail({
    from: FROM,
    to,
    subject: `Your invoice ${orderNumber}`,
    text: 'Thank you for your order. Your invoice is attached.',
    attachments: [{ filename: `${orderNumber}.pdf`, content: pdf }],
  });
}

export async function sendGiftMessage(to: string, from: string, message: string): Promise<void> {
  await transport.sendMail({
    from: FROM,
    to,
    subject: 'A gift is on its way',
    html: `<p>${escapeHtml(from)} has sent you a gift:</p><blockquote>${message}</blockquote>`,
  });
}
