import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { readEnv } from '../../env';
import { mailTransport, senderOf } from '.';
import type { MailMessage } from '.';

const message: MailMessage = {
  to: { address: 'arben@example.com', name: 'Арбен Ќосе' },
  from: { address: 'mail@example.com', name: 'Interdomestik' },
  replyTo: { address: 'help@example.com' },
  subject: 'Добредојдовте\r\nBcc: victim@example.com',
  html: '<p>ë ç</p>',
  text: 'ë ç',
  headers: { 'X-Mail-Id': 'one\r\nBcc: victim@example.com' },
};

let server: Server | undefined;
afterEach(() => {
  server?.close();
  server = undefined;
});

/** A mail server that says yes to everything and remembers what it heard. */
async function listen(heard: string[]): Promise<string> {
  const made = createServer((socket) => {
    let inData = false;
    socket.write('220 ready\r\n');
    socket.on('data', (chunk) => {
      const text = chunk.toString('utf8');
      heard.push(text);
      if (inData) {
        if (text.endsWith('\r\n.\r\n')) {
          inData = false;
          socket.write('250 taken\r\n');
        }
      } else if (text.startsWith('DATA')) {
        inData = true;
        socket.write('354 go on\r\n');
      } else if (text.startsWith('QUIT')) socket.end('221 bye\r\n');
      else socket.write('250 ok\r\n');
    });
    socket.on('error', () => socket.destroy());
  });
  server = made;
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve));
  return `smtp://127.0.0.1:${(made.address() as AddressInfo).port}`;
}

describe('mailTransport', () => {
  it('without a server keeps mails in the mailbox', async () => {
    const transport = mailTransport({ SMTP_URL: undefined });
    expect(transport.kind).toBe('mailbox');
    expect(await transport.send(message)).toEqual({ transport: 'mailbox', messageId: null });
  });

  it('with a server hands one mail to one recipient, whatever stands in the subject', async () => {
    const heard: string[] = [];
    const transport = mailTransport({ SMTP_URL: await listen(heard) });
    const delivery = await transport.send(message);
    const all = heard.join('');
    expect(delivery.transport).toBe('smtp');
    expect(delivery.messageId).toMatch(/@/u);
    expect(all.match(/RCPT TO:<[^>]+>/gu)).toEqual(['RCPT TO:<arben@example.com>']);
    expect(all).not.toMatch(/^Bcc:/mu);
    expect(all).toMatch(/^Auto-Submitted: auto-generated/mu);
    expect(all).toMatch(/^Reply-To: help@example\.com/mu);
  });

  it('refuses a second recipient and a header that is none', async () => {
    const transport = mailTransport({ SMTP_URL: await listen([]) });
    await expect(transport.send({ ...message, to: { address: 'a@example.com,b@example.com' } })).rejects.toThrow(TypeError);
    await expect(transport.send({ ...message, headers: { 'X-A:\r\nBcc': 'b@example.com' } })).rejects.toThrow(TypeError);
  });

  it('says so when the server is not there', async () => {
    await expect(mailTransport({ SMTP_URL: 'smtp://127.0.0.1:1' }).send(message)).rejects.toThrow();
  });
});

describe('settings', () => {
  it('a server needs a sender', () => {
    expect(() => readEnv({ SMTP_URL: 'smtp://localhost' })).toThrow(/MAIL_FROM/u);
    expect(() => readEnv({ SMTP_URL: 'http://localhost', MAIL_FROM: 'a@example.com' })).toThrow(/SMTP_URL/u);
    expect(readEnv({ SMTP_URL: 'smtps://u:p@mail.example.com:465', MAIL_FROM: 'a@example.com' }).MAIL_FROM).toBe('a@example.com');
  });

  it('a tenant sends under its own name', () => {
    expect(senderOf('Interdomestik Косово\n', { MAIL_FROM: 'House <mail@example.com>' })).toEqual({
      address: 'mail@example.com',
      name: 'Interdomestik Косово',
    });
  });
});
