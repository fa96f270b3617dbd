/** What the stand-ins read of their environment. */
export const memberPort = process.env['MEMBER_PORT'];
export const adminPort = process.env['ADMIN_PORT'];
export const simulatorPorts = [process.env['PADDLE_SIM_PORT'], process.env['UPLOADTHING_SIM_PORT']];
export const broken = process.env['FAKE_BROKEN'] === 'yes';
export const seen = () => ({ owner: 'DATABASE_OWNER_URL' in process.env, mode: process.env['NODE_ENV'] });
