// A provider on this machine, for tests/nodes/oidc.py: one client, and whatever name is typed is the subject.
import Provider from 'oidc-provider';

const [port, return_address, algorithm] = process.argv.slice(2);
const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [{
    client_id: 'desk-bg',
    client_secret: 'TEST-secret',
    redirect_uris: [return_address],
    token_endpoint_auth_method: 'client_secret_post',
    id_token_signed_response_alg: algorithm,
  }],
  jwks: { keys: await keys() },
  pkce: { required: () => true, methods: ['S256'] },
  features: { devInteractions: { enabled: true } },
});

async function keys() {
  const { generateKeyPair, exportJWK } = await import('jose');
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true });
  return [{ ...(await exportJWK(privateKey)), alg: algorithm, use: 'sig', kid: `TEST-${algorithm}` }];
}

provider.listen(Number(port), '127.0.0.1', () => console.log('READY'));
