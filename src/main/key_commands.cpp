#include "base/file.h"
#include "exchange/founding.h"
#include "main/commands.h"
#include "main/key_ring.h"
#include "main/rooms.h"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

/// The keys of a node: shown, replaced, destroyed.
namespace comity::main {
namespace {

using crypto::Key;
using std::filesystem::path;

constexpr std::string_view certified_kinds[] = { "seal", "sealing", "transport" };
constexpr std::string_view register_kind = "register";

Result<crypto::Usage> usage_of(std::string_view kind)
{
    if (kind == "seal") return crypto::Usage::seal;
    if (kind == "sealing") return crypto::Usage::sealing;
    if (kind == "transport") return crypto::Usage::transport;
    return Error { Error::Kind::malformed,
        fmt::format("'{}' is none of: seal, sealing, transport", kind), "as" };
}

/// A key in a token that is in use nowhere: it has no certificate, or no list names it as the
/// register's.
Result<bool> waits_in_token(Config const& config, std::string const& name, std::string_view kind)
{
    if (kind != register_kind) return !std::filesystem::exists(config.key_file(name + ".crt"));
    auto const named = TRY(register_verifier(config));
    auto const key = crypto::public_key_of(TRY(read_register_key(config, name)));
    return key != named.key && key != named.next;
}

/// The first name of a kind for which there is neither key nor certificate, or a key that waits in
/// a token.
Result<std::string> free_name(Config const& config, std::string_view kind)
{
    for (int number = 1; number <= keys_of_kind_max; ++number) {
        auto name = key_name(kind, number);
        bool const in_token = config.token_keys.uris.contains(name);
        if (in_token && TRY(waits_in_token(config, name, kind))) return name;
        if (in_token) continue;
        if (!std::filesystem::exists(config.key_file(name + ".key"))
            && !std::filesystem::exists(config.key_file(name + ".crt")))
            return name;
    }
    return Error { Error::Kind::too_large,
        fmt::format("{} keys of the kind {} are the limit", keys_of_kind_max, kind), "kind" };
}

Result<ExitCode> rotate_register(Config const& config, std::string const& name, std::ostream& out)
{
    auto const log = TRY(register_verifier(config)).name;
    bool const in_token = config.token_keys.uris.contains(name);
    auto const key
        = in_token ? TRY(read_register_key(config, name)) : Key::generate(Key::Kind::ed25519);
    if (!in_token)
        TRY(write_file(config.key_file(name + ".key"), as_view(key.pem()), Readable::by_owner));
    ledger::Verifier const verifier { log, crypto::public_key_of(key) };
    out << fmt::format("The key {} is {}: {}\nNext: comity trust propose\n", name,
        in_token ? "in the token" : "made", verifier.text());
    return 0;
}

Result<ExitCode> rotate(Config const& config, std::string const& kind, std::ostream& out)
{
    bool const certified = std::ranges::count(certified_kinds, kind) > 0;
    if (!certified && kind != register_kind)
        return Error { Error::Kind::malformed,
            fmt::format("'{}' is none of: seal, sealing, transport, register", kind), "kind" };
    auto const name = TRY(free_name(config, kind));
    if (!certified) return rotate_register(config, name, out);
    bool const in_token = config.token_keys.uris.contains(name);
    auto const key = in_token ? TRY(read_key(config, name)) : Key::generate(Key::Kind::p256);
    auto const request = crypto::request_certificate(
        { fmt::format("{} {}", config.unit, kind), config.party, key });
    if (!in_token)
        TRY(write_file(config.key_file(name + ".key"), as_view(key.pem()), Readable::by_owner));
    auto const file = config.key_file(name + ".csr");
    TRY(write_file(file, as_view(request)));
    out << fmt::format(
        "The key {} is {}. Next, where the root is: comity keys certify {} --as {}\n", name,
        in_token ? "in the token" : "made", file.string(), kind);
    return 0;
}

std::string print_of(HeldKey const& held)
{
    return to_hex(held.identity.certificate.fingerprint());
}

Result<ExitCode> show(Config const& config, std::ostream& out)
{
    auto const now = system_clock()();
    auto const trust = TRY(read_trust(config, now));
    auto const ring = TRY(read_keys(config));
    auto const standing = TRY(standing_of(config, ring, trust, now));
    for (auto const* kind : { &ring.seals, &ring.sealings, &ring.transports })
        for (auto const& held : *kind) {
            bool const used = held.name == standing.seal.name || held.name == standing.sealing.name
                || held.name == standing.transport.name;
            out << fmt::format("{:<12} {}  until {}  {}{}\n", held.name, print_of(held),
                to_text(held.identity.certificate.not_after()),
                trust.unnamed_since(print_of(held)) ? "not in the list" : "in the list",
                used ? ", in use" : "");
        }
    for (auto const& held : ring.register_keys) {
        bool const used
            = std::ranges::count(standing.register_keys, held.name, &HeldRegisterKey::name) > 0;
        out << fmt::format(
            "{:<12} {}\n", held.name, used ? "in the list, in use" : "not in the list");
    }
    return 0;
}

Error in_use(std::string const& name, std::string_view why)
{
    return { Error::Kind::conflict, fmt::format("{} is not destroyed: {}", name, why), "name" };
}

/// A sealing key goes only when nothing is left for it to open.
Result<void> nothing_sealed_to(
    Config const& config, HeldKey const& held, Instant unnamed_since, bool even_kept, Instant now)
{
    if (now < unnamed_since + sealing_key_rest)
        return in_use(held.name,
            fmt::format("others may still send what is sealed to it until {}",
                to_text(unnamed_since + sealing_key_rest)));
    auto const store = TRY(open_for_reading(config));
    auto const found = TRY(store->read([&](store::Transaction& transaction) {
        return exchange::sealed_to(transaction, held.identity.certificate);
    }));
    if (found.under_way > 0)
        return in_use(
            held.name, fmt::format("{} parts sealed to it are under way", found.under_way));
    if (found.kept > 0 && !even_kept)
        return in_use(held.name,
            fmt::format("{} kept parts open with it alone; --even-kept gives them up", found.kept));
    return {};
}

Result<void> overwrite_and_remove(path const& file)
{
    std::error_code code;
    auto const size = std::filesystem::file_size(file, code);
    if (!code) TRY(overwrite_file(file, size));
    std::filesystem::remove(file, code);
    if (!code) return {};
    return Error { Error::Kind::unavailable,
        fmt::format("cannot remove {}: {}", file.string(), code.message()) };
}

Result<ExitCode> destroy(Config const& config, KeyOptions const& options, std::ostream& out)
{
    auto const now = system_clock()();
    auto const trust = TRY(read_trust(config, now));
    auto const ring = TRY(read_keys(config));
    auto const standing = TRY(standing_of(config, ring, trust, now));
    auto const& name = options.subject;
    bool found = false;
    for (auto const* kind : { &ring.seals, &ring.sealings, &ring.transports })
        for (auto const& held : *kind) {
            if (held.name != name) continue;
            found = true;
            auto const unnamed = trust.unnamed_since(print_of(held));
            if (!unnamed) return in_use(name, "the trust list in force names it");
            if (kind->size() == 1) return in_use(name, "it is the last of its kind");
            if (kind == &ring.sealings)
                TRY(nothing_sealed_to(config, held, *unnamed, options.even_kept, now));
        }
    for (auto const& held : ring.register_keys) {
        found |= held.name == name;
        if (held.name == name
            && std::ranges::count(standing.register_keys, name, &HeldRegisterKey::name) > 0)
            return in_use(name, "the trust list in force names it");
    }
    if (!found)
        return Error { Error::Kind::not_found, fmt::format("there is no key keys/{}.key", name),
            "name" };
    if (config.token_keys.uris.contains(name))
        return in_use(name, "it is in a token; destroy it there and take its URI out of node.toml");
    TRY(overwrite_and_remove(config.key_file(name + ".key")));
    out << fmt::format("keys/{}.key is destroyed.\n", name);
    return renew_node(config, out);
}

} // namespace

Result<ExitCode> certify_key(CertifyOptions const& options, std::ostream& out)
{
    auto const usage = TRY(usage_of(options.usage));
    auto const read = [](path const& file) -> Result<std::string> {
        return std::string { as_text(TRY(read_file(file, 65'536))) };
    };
    auto const request = TRY(crypto::read_request(TRY(read(options.request))));
    auto root = TRY(crypto::Certificate::read_pem(TRY(read(options.root.string() + ".crt"))));
    auto key = TRY(Key::read_pem(TRY(read(options.root.string() + ".key"))));
    if (!root.belongs_to(key))
        return Error { Error::Kind::conflict, "root and key do not belong together", "root" };
    if (request.country != root.country())
        return Error { Error::Kind::not_permitted,
            fmt::format("the request is of {}, the root is of {}", request.country, root.country()),
            "request" };
    auto const made = exchange::certify(request, usage, options.host,
        { std::move(root), std::move(key) }, system_clock()(), crypto::system_random());
    auto file = options.request;
    file.replace_extension(".crt");
    if (std::filesystem::exists(file))
        return Error { Error::Kind::conflict,
            fmt::format("{} exists already; nothing was changed", file.string()), "request" };
    TRY(write_file(file, as_view(made.pem())));
    out << fmt::format("{}: {}, until {}\nNext, at the node: comity trust propose\n", file.string(),
        to_hex(made.fingerprint()), to_text(made.not_after()));
    return 0;
}

Result<ExitCode> change_keys(Config const& config, KeyOptions const& options, std::ostream& out)
{
    if (options.command == "rotate") return rotate(config, options.subject, out);
    if (options.command == "destroy") return destroy(config, options, out);
    if (options.command == "renew") return renew_node(config, out);
    MUST(options.command == "show");
    return show(config, out);
}

} // namespace comity::main
