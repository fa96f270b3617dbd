export { auditDoings, type AuditDoing } from './doings'
export { canonicalAuditRow, unmistakable, type AuditText } from './canonical'
