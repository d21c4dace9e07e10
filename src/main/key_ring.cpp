#include "main/key_ring.h"

#include "base/file.h"

#include <fmt/format.h>

#include <algorithm>

namespace comity::main {
namespace {

using crypto::Certificate;

Result<std::string> read_text(std::filesystem::path const& path)
{
    return std::string { as_text(TRY(read_file(path, 65'536))) };
}

/// A key without a certificate is not in use yet; a certificate without its key, no more.
Result<std::vector<HeldKey>> read_kind(Config const& config, std::string_view kind)
{
    std::vector<HeldKey> out;
    for (int number = 1; number <= keys_of_kind_max; ++number) {
        auto const name = key_name(kind, number);
        auto const file = config.key_file(name + ".crt");
        if (!std::filesystem::exists(file) || !is_held(config, name)) continue;
        auto certificate = TRY(Certificate::read_pem(TRY(read_text(file))));
        auto key = TRY(read_key(config, name));
        if (!certificate.belongs_to(key))
            return Error { Error::Kind::conflict,
                fmt::format("keys/{}.crt and its key do not belong together", name), name };
        out.push_back({ name, { std::move(certificate), std::move(key) } });
    }
    if (!out.empty()) return out;
    return Error { Error::Kind::not_found,
        fmt::format("there is no key with its certificate in keys/{}.*", kind),
        std::string { kind } };
}

Result<std::vector<HeldRegisterKey>> read_register_keys(Config const& config)
{
    std::vector<HeldRegisterKey> out;
    for (int number = 1; number <= keys_of_kind_max; ++number) {
        auto const name = key_name("register", number);
        if (!is_held(config, name)) continue;
        auto key = TRY(read_register_key(config, name));
        out.push_back({ name, std::move(key) });
    }
    return out;
}

HeldKey const& chosen(std::vector<HeldKey> const& held, std::vector<Certificate> const& named,
    exchange::Peer const& line, Instant now)
{
    auto const counts = [&](HeldKey const& each) {
        auto const& certificate = each.identity.certificate;
        auto const print = to_hex(certificate.fingerprint());
        return std::ranges::count(named, certificate) > 0 && certificate.valid_at(now)
            && std::ranges::count(line.revoked, print, &exchange::Revocation::certificate) == 0;
    };
    auto const first = std::ranges::find_if(held, counts);
    if (first != held.end()) return *first;
    return *std::ranges::max_element(
        held, {}, [](HeldKey const& each) { return each.identity.certificate.not_after(); });
}

Result<std::vector<HeldRegisterKey>> named_keys(
    KeyRing const& ring, ledger::Verifier const& verifier)
{
    std::vector<HeldRegisterKey> out;
    auto const take = [&](crypto::Ed25519PublicKey const& named) {
        for (auto const& each : ring.register_keys)
            if (crypto::public_key_of(each.key) == named) return out.push_back(each);
    };
    take(verifier.key);
    if (out.empty())
        return Error { Error::Kind::conflict,
            fmt::format("the trust list names {} as the key of this register, which is not in "
                        "keys/register*.key",
                verifier.text()),
            "register" };
    if (verifier.next) take(*verifier.next);
    return out;
}

} // namespace

bool is_held(Config const& config, std::string const& name)
{
    return config.token_keys.uris.contains(name)
        || std::filesystem::exists(config.key_file(name + ".key"));
}

namespace {

Result<crypto::Key> read_key(Config const& config, std::string const& name,
    Result<crypto::Key> (crypto::Token::*in_token)(std::string const&))
{
    auto const uri = config.token_keys.uris.find(name);
    if (uri != config.token_keys.uris.end())
        return (*config.token_keys.token.*in_token)(uri->second);
    return crypto::Key::read_pem(TRY(read_text(config.key_file(name + ".key"))));
}

} // namespace

Result<crypto::Key> read_key(Config const& config, std::string const& name)
{
    return read_key(config, name, &crypto::Token::key);
}

Result<crypto::Key> read_register_key(Config const& config, std::string const& name)
{
    return read_key(config, name, &crypto::Token::ed25519_key);
}

Result<exchange::OuterKeys::ByState> read_outer_keys(Config const& config)
{
    exchange::OuterKeys::ByState out;
    for (auto const& [state, files] : config.outer_keys)
        for (auto const& file : files) {
            auto const key = exchange::OuterKey::read(TRY(read_text(file)));
            if (!key.ok())
                return Error { key.error().kind,
                    fmt::format("{}: {}", file.string(), key.error().what), "outer." + state };
            out[state].push_back(key.value());
        }
    return out;
}

Instant Standing::until() const
{
    return std::min({ seal.identity.certificate.not_after(),
        sealing.identity.certificate.not_after(), transport.identity.certificate.not_after() });
}

std::string key_name(std::string_view kind, int number)
{
    return number == 1 ? std::string { kind } : fmt::format("{}-{}", kind, number);
}

Result<KeyRing> read_keys(Config const& config)
{
    KeyRing out;
    out.seals = TRY(read_kind(config, "seal"));
    out.sealings = TRY(read_kind(config, "sealing"));
    out.transports = TRY(read_kind(config, "transport"));
    out.register_keys = TRY(read_register_keys(config));
    return out;
}

Result<Standing> standing_of(
    Config const& config, KeyRing const& ring, exchange::Trust const& trust, Instant now)
{
    auto const line = TRY(trust.find(config.party));
    auto const& seal = chosen(ring.seals, line.seals, line, now);
    auto const& sealing = chosen(ring.sealings, line.sealings, line, now);
    auto const& transport = chosen(ring.transports, line.transports, line, now);
    exchange::Self self { config.party, config.unit, seal.identity, sealing.identity };
    for (auto const& each : ring.sealings)
        if (each.name != sealing.name) self.further_sealings.push_back(each.identity);
    auto register_keys = TRY(named_keys(ring, line.register_key));
    return Standing { std::move(self), seal, sealing, transport, std::move(register_keys) };
}

} // namespace comity::main
