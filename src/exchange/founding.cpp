#include "exchange/founding.h"

#include <fmt/format.h>

namespace comity::exchange {
namespace {

using crypto::Key;
using crypto::Usage;
using std::chrono::days;

std::string lower(std::string text)
{
    for (char& c : text)
        if ('A' <= c && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

StateKeys make_keys(FoundingState const& of, Instant now, Random const& random)
{
    auto const from = now - days { 1 };
    auto const root_key = Key::generate(Key::Kind::p384);
    auto const root = crypto::issue(
        { Usage::root, of.unit + " root", of.state, {}, from, from + root_lifetime }, root_key,
        nullptr, root_key, random);
    auto const identity = [&](Usage usage, char const* what) {
        auto const key = Key::generate(Key::Kind::p256);
        return crypto::Identity { certify({ of.unit + what, of.state, key }, usage, of.host,
                                      { root, root_key }, now, random),
            key };
    };
    return { of, { root, root_key }, identity(Usage::seal, " seal"),
        identity(Usage::sealing, " sealing"), identity(Usage::transport, " transport"),
        Key::generate(Key::Kind::ed25519),
        fmt::format("register.{}.comity.test", lower(of.state)) };
}

} // namespace

crypto::Certificate certify(crypto::CertificateRequest const& request, Usage usage,
    std::string const& host, crypto::Identity const& root, Instant now, Random const& random)
{
    auto const from = now - days { 1 };
    return crypto::issue(
        { usage, request.common_name, request.country, host, from, from + certificate_lifetime },
        request.key, &root.certificate, root.key, random);
}

TrustedState line_of(StateKeys const& keys)
{
    ledger::Verifier const verifier { keys.register_log, crypto::public_key_of(keys.register_key) };
    return { keys.of.state, keys.of.unit, keys.root.certificate.pem(),
        { keys.seal.certificate.pem() }, { keys.sealing.certificate.pem() },
        { keys.transport.certificate.pem() }, verifier.text(), keys.of.address };
}

std::vector<crypto::Digest> Founding::roots() const
{
    std::vector<crypto::Digest> out;
    for (auto const& keys : states) out.push_back(keys.root.certificate.fingerprint());
    return out;
}

Trust Founding::trust(Instant now) const
{
    return Trust::read(trust_list, signatures, roots(), 1, now).take();
}

Founding found(std::span<FoundingState const> states, std::uint32_t required_signatures,
    Instant now, Random const& random)
{
    Founding out;
    out.at = now;
    TrustList list { 1, 1, now, required_signatures, {} };
    for (auto const& state : states) {
        out.states.push_back(make_keys(state, now, random));
        list.states.push_back(line_of(out.states.back()));
    }
    out.trust_list = json::to_text(list);
    for (auto const& keys : out.states)
        out.signatures.push_back(sign_trust_list(out.trust_list, keys.of.state, keys.seal, now));
    return out;
}

} // namespace comity::exchange
