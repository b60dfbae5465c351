/** check: decide a certificate from its own text and the specification alone. */
export { checkCertificate as check, type CertificateFault } from "../checkers/rcnn/check-certificate.js";
