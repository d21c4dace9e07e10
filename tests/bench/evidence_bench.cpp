// Sealing and signing a message, verifying and opening it, beside the sum of the primitives of
// OpenSSL that the two cannot do without.
#include "bench/measure.h"
#include "bench/primitives.h"
#include "crypto/cms.h"

using namespace comity;

namespace {

// As the request of the demo is: two readers, the receiver and the sender's archive.
constexpr std::size_t part_bytes = 7'896;
constexpr std::size_t manifest_bytes = 1'363;

crypto::Identity make_identity(crypto::Usage usage, Instant at)
{
    auto const key = crypto::Key::generate(crypto::Key::Kind::p256);
    crypto::CertificateOrder const order { usage, "NCU Bench TEST", "BG", {},
        at - std::chrono::hours { 1 }, at + std::chrono::hours { 1 } };
    return { crypto::issue(order, key, nullptr, key, crypto::system_random()), key };
}

bench::Repeated each(std::function<void()> const& work)
{
    return [work](std::size_t times) {
        for (; times > 0; --times) work();
    };
}

} // namespace

int main()
{
    auto const at = std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
    auto const signer = make_identity(crypto::Usage::seal, at);
    auto const reader = make_identity(crypto::Usage::sealing, at);
    auto const archive = make_identity(crypto::Usage::sealing, at);
    std::array const readers { reader.certificate, archive.certificate };
    Bytes const part(part_bytes, 'x');
    Bytes const manifest(manifest_bytes, 'm');
    auto const sealed = crypto::seal(part, readers);
    auto const signature = crypto::sign(manifest, crypto::Content::detached, signer, at);
    bench::Primitives raw, opener;

    auto const rate = bench::rates({
        each([&] {
            bench::keep(crypto::seal(part, readers).size());
            bench::keep(crypto::sign(manifest, crypto::Content::detached, signer, at).size());
        }),
        each([&] {
            for (std::size_t i = 0; i < readers.size(); ++i) {
                raw.generate();
                raw.derive();
            }
            raw.encipher(part);
            raw.hash(manifest);
            raw.sign();
        }),
        each([&] {
            auto const held = crypto::verify_detached(signature, manifest, signer.certificate).ok();
            MUST(held && crypto::open(sealed, reader).ok());
        }),
        each([&] {
            opener.derive();
            opener.encipher(part);
            opener.verify();
        }),
        each([&] { raw.hash(manifest); }),
    });
    // Verifying hashes the manifest too; the opener keeps the hash it signed, so that is added.
    auto const open_limit = 1 / (1 / rate[3] + 1 / rate[4]);
    bench::say("Parts of 7.9 kB sealed to two and manifests signed, a second", rate[0],
        "2 P-256 keys, 2 ECDH, AES-256-GCM, SHA-256, ECDSA", rate[1]);
    bench::say("Manifests verified and parts opened, a second", rate[2],
        "ECDH, AES-256-GCM, SHA-256, ECDSA", open_limit);
}
