#include "base/file.h"
#include "main/commands.h"
#include "main/control.h"
#include "main/key_ring.h"
#include "main/rooms.h"
#include "main/trust_folder.h"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

/// The trust list: shown, changed, signed, put into force.
namespace comity::main {
namespace {

using crypto::Certificate;
using exchange::Trust;
using exchange::TrustedState;
using exchange::TrustList;

std::string days_left(Certificate const& certificate, Instant now)
{
    auto const days = std::chrono::floor<std::chrono::days>(certificate.not_after() - now).count();
    return days < 0 ? "its days are over" : fmt::format("{} days left", days);
}

void show_certificates(std::vector<Certificate> const& certificates, std::string_view what,
    exchange::Peer const& peer, Instant now, std::ostream& out)
{
    for (auto const& each : certificates) {
        auto const print = to_hex(each.fingerprint());
        bool const revoked
            = std::ranges::count(peer.revoked, print, &exchange::Revocation::certificate) > 0;
        out << fmt::format("  {:<9} {}  {}\n", what, print,
            revoked ? std::string { "REVOKED" } : days_left(each, now));
    }
}

Result<ExitCode> show(Trust const& trust, Instant now, std::ostream& out)
{
    auto const& list = trust.list();
    out << fmt::format("Trust list {} of {}, in force here since {}; {} States must sign a list\n",
        list.version, to_text(list.issued_at), to_text(trust.signed_list().installed_at),
        list.required_signatures);
    for (auto const& peer : trust.peers()) {
        out << fmt::format("{}  {}  {}\n", peer.state, peer.unit, peer.address);
        show_certificates({ peer.root }, "root", peer, now, out);
        show_certificates(peer.seals, "seal", peer, now, out);
        show_certificates(peer.sealings, "sealing", peer, now, out);
        show_certificates(peer.transports, "transport", peer, now, out);
        out << fmt::format("  register  {}{}\n", peer.register_key.text(),
            peer.register_key.next ? ", and the key that takes its place" : "");
    }
    for (auto const& each : list.revoked.value_or(std::vector<exchange::Revocation> {}))
        out << fmt::format(
            "revoked {} from {} on: {}\n", each.certificate, to_text(each.at), each.reason);
    return 0;
}

/// What the line names already, and what is held beside it; of the newest alone where `finish`.
std::vector<std::string> renewed(std::vector<std::string> const& named,
    std::vector<HeldKey> const& held, bool finish, Instant now)
{
    if (finish) return { held.back().identity.certificate.pem() };
    std::vector<std::string> out;
    for (auto const& pem : named)
        if (auto const read = Certificate::read_pem(pem);
            read.ok() && now < read.value().not_after())
            out.push_back(pem);
    for (auto const& each : held)
        if (auto const pem = each.identity.certificate.pem();
            now < each.identity.certificate.not_after() && std::ranges::count(out, pem) == 0)
            out.push_back(pem);
    return out;
}

Result<void> renew_register_key(TrustedState& line, KeyRing const& ring, bool finish)
{
    auto const named = TRY(ledger::Verifier::read(line.register_key));
    if (ring.register_keys.empty()) return {};
    ledger::Verifier const newest { named.name,
        crypto::public_key_of(ring.register_keys.back().key) };
    line.next_register_key.reset();
    if (newest.key == named.key) return {};
    if (finish)
        line.register_key = newest.text();
    else
        line.next_register_key = newest.text();
    return {};
}

Result<void> renew_own_line(
    TrustList& list, Config const& config, TrustOptions const& options, Instant now)
{
    auto const own = std::ranges::find(list.states, config.party, &TrustedState::state);
    if (own == list.states.end())
        return Error { Error::Kind::not_found,
            fmt::format("the trust list has no line of {}", config.party), "states" };
    auto const ring = TRY(read_keys(config));
    own->seals = renewed(own->seals, ring.seals, options.finish, now);
    own->sealings = renewed(own->sealings, ring.sealings, options.finish, now);
    own->transports = renewed(own->transports, ring.transports, options.finish, now);
    if (!options.address.empty()) own->address = options.address;
    return renew_register_key(*own, ring, options.finish);
}

Result<void> change_states(TrustList& list, TrustOptions const& options)
{
    if (!options.add_states.empty()) {
        auto const text = TRY(read_file(options.add_states, exchange::trust_list_bytes_max));
        for (auto const& line : TRY(exchange::read_trust_list(as_text(text))).states)
            if (std::ranges::count(list.states, line.state, &TrustedState::state) == 0)
                list.states.push_back(line);
    }
    if (options.remove_state.empty()) return {};
    auto const gone = std::erase_if(
        list.states, [&](TrustedState const& line) { return line.state == options.remove_state; });
    if (gone == 1) return {};
    return Error { Error::Kind::not_found,
        fmt::format("the trust list has no line of {}", options.remove_state), "remove-state" };
}

Result<void> revoke(TrustList& list, Trust const& trust, TrustOptions const& options, Instant now)
{
    if (options.revoke.empty()) return {};
    if (options.reason.empty())
        return Error { Error::Kind::malformed, "a revocation has a reason", "reason" };
    bool known = false;
    for (auto const& peer : trust.peers())
        for (auto const& kind : { peer.seals, peer.sealings, peer.transports, { peer.root } })
            for (auto const& each : kind) known |= to_hex(each.fingerprint()) == options.revoke;
    if (!known)
        return Error { Error::Kind::not_found,
            fmt::format("no certificate of the list has the fingerprint {}", options.revoke),
            "revoke" };
    auto at = now;
    if (!options.revoked_at.empty()) at = TRY(parse_instant(options.revoked_at));
    if (!list.revoked) list.revoked.emplace();
    list.revoked->push_back({ options.revoke, at, options.reason });
    return {};
}

Result<ExitCode> propose(Config const& config, Trust const& trust, TrustOptions const& options,
    Instant now, std::ostream& out)
{
    auto next = trust.list();
    TRY(renew_own_line(next, config, options, now));
    TRY(change_states(next, options));
    TRY(revoke(next, trust, options, now));
    if (options.required > 0) next.required_signatures = options.required;
    auto const said = exchange::changes(trust.list(), next);
    if (said.empty()) return Error { Error::Kind::conflict, "there is nothing to change", "file" };
    next.version = trust.list().version + 1;
    next.issued_at = now;
    auto const text = json::to_text(next);
    TRY(trust.may_be_followed_by(text, TRY(read_trust_rules(config))));
    TRY(write_file(options.file, as_view(text)));
    TRY(write_list_signatures(options.file, {}));
    for (auto const& line : said) out << line << '\n';
    out << fmt::format("List {} in {}, to be signed by {} States: comity trust sign\n",
        next.version, options.file.string(), trust.list().required_signatures);
    // Others may have the list first and seal to the new key at once: it must be held by then.
    return renew_node(config, out);
}

/// With every seal held that either list names: one list drops the old, the next one names the new.
Result<ExitCode> sign(Config const& config, Trust const& trust, TrustOptions const& options,
    Instant now, std::ostream& out)
{
    auto list = TRY(read_list_file(options.file, now));
    TRY(trust.may_be_followed_by(list.text, TRY(read_trust_rules(config))));
    auto const next = TRY(exchange::read_trust_list(list.text));
    auto const named = [&](TrustList const& in, Certificate const& seal) {
        auto const line = std::ranges::find(in.states, config.party, &TrustedState::state);
        return line != in.states.end() && std::ranges::count(line->seals, seal.pem()) > 0;
    };
    std::erase_if(list.signatures, [&](auto const& each) { return each.state == config.party; });
    auto const before = list.signatures.size();
    for (auto const& held : TRY(read_keys(config)).seals) {
        auto const& seal = held.identity.certificate;
        if (seal.valid_at(now) && (named(trust.list(), seal) || named(next, seal)))
            list.signatures.push_back(
                exchange::sign_trust_list(list.text, config.party, held.identity, now));
    }
    if (list.signatures.size() == before)
        return Error { Error::Kind::conflict,
            fmt::format("no seal held by {} is named by a list and in its days", config.party),
            "seal" };
    TRY(write_list_signatures(options.file, list.signatures));
    out << fmt::format("{} signs list {}:\n", config.unit, next.version);
    for (auto const& line : exchange::changes(trust.list(), next)) out << "  " << line << '\n';
    return 0;
}

Result<ExitCode> install(Config const& config, Trust const& trust, TrustOptions const& options,
    Instant now, std::ostream& out)
{
    auto const list = TRY(read_list_file(options.file, now));
    auto const followed = TRY(trust.followed_by(list, TRY(read_trust_rules(config))));
    auto const version = followed.list().version;
    if (list.text == trust.signed_list().text) {
        out << fmt::format("List {} is in force already: the same bytes.\n", version);
        return 0;
    }
    TRY(standing_of(config, TRY(read_keys(config)), followed, now));
    TRY(keep_trust_list(config, trust.signed_list())); // the first, where it was never kept
    TRY(keep_trust_list(config, list));
    out << fmt::format("List {} is kept.\n", version);
    return renew_node(config, out);
}

} // namespace

Result<ExitCode> renew_node(Config const& config, std::ostream& out)
{
    auto const reply = post_to_node(config.socket(), "/v1/renew", "{}");
    if (!reply.ok()) {
        out << "No node runs here; it begins with it.\n";
        return 0;
    }
    if (reply.value().status != 200)
        return Error { Error::Kind::unavailable,
            fmt::format("the node did not take it up: {}", reply.value().body) };
    out << "The node works with it now.\n";
    return 0;
}

Result<ExitCode> change_trust(Config const& config, TrustOptions const& options, std::ostream& out)
{
    auto const now = system_clock()();
    auto const trust = TRY(read_trust(config, now));
    if (options.command == "propose") return propose(config, trust, options, now, out);
    if (options.command == "sign") return sign(config, trust, options, now, out);
    if (options.command == "install") return install(config, trust, options, now, out);
    MUST(options.command == "show");
    return show(trust, now, out);
}

} // namespace comity::main
