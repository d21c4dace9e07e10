#include "exchange/trust_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace comity::exchange {
namespace {

using crypto::Certificate;

Error refused(std::string field, std::string what)
{
    return { Error::Kind::not_authentic, "trust list: " + std::move(what), std::move(field) };
}

std::string member(std::size_t state, std::string_view name)
{
    return fmt::format("states[{}].{}", state, name);
}

Result<std::vector<Certificate>> read_chain(std::vector<std::string> const& pems,
    Certificate const& root, std::string const& field, std::string_view state)
{
    if (pems.empty() || pems.size() > certificates_max)
        return refused(
            field, fmt::format("{} needs 1 to {} of {}", state, certificates_max, field));
    std::vector<Certificate> out;
    for (auto const& pem : pems) {
        auto read = Certificate::read_pem(pem);
        if (!read.ok()) return refused(field, read.error().what);
        out.push_back(read.take());
        if (!out.back().issued_by(root))
            return refused(
                field, fmt::format("a certificate of {} is not signed by its root", state));
    }
    return out;
}

Result<ledger::Verifier> read_register_key(TrustedState const& line, std::size_t place)
{
    auto key = ledger::Verifier::read(line.register_key);
    if (!key.ok()) return refused(member(place, "registerKey"), key.error().what);
    auto out = key.take();
    if (!line.next_register_key) return out;
    auto const next = ledger::Verifier::read(*line.next_register_key);
    if (!next.ok()) return refused(member(place, "nextRegisterKey"), next.error().what);
    if (next.value().name != out.name)
        return refused(member(place, "nextRegisterKey"),
            fmt::format("it is of {}, the register is {}", next.value().name, out.name));
    out.next = next.value().key;
    return out;
}

Result<Peer> read_peer(TrustedState const& line, std::size_t place)
{
    auto const root = Certificate::read_pem(line.root);
    if (!root.ok()) return refused(member(place, "root"), root.error().what);
    auto const& by = root.value();
    auto seals = TRY(read_chain(line.seals, by, member(place, "seals"), line.state));
    auto sealings = TRY(read_chain(line.sealings, by, member(place, "sealings"), line.state));
    auto transports = TRY(read_chain(line.transports, by, member(place, "transports"), line.state));
    auto register_key = TRY(read_register_key(line, place));
    return Peer { line.state, line.unit, by, std::move(seals), std::move(sealings),
        std::move(transports), std::move(register_key), line.address };
}

bool signed_by(Peer const& peer, TrustSignature const& signature, SignedTrustList const& list)
{
    auto const der = from_base64(signature.signature);
    if (peer.state != signature.state || !der.ok()) return false;
    return std::ranges::any_of(peer.seals, [&](Certificate const& seal) {
        return peer.seal(to_hex(seal.fingerprint()), list.installed_at).ok()
            && crypto::verify_detached(der.value(), as_view(list.text), seal).ok();
    });
}

Result<void> check_revocations(std::vector<Revocation> const& revoked)
{
    if (revoked.size() > revocations_max)
        return refused(
            "revoked", fmt::format("{} revocations, {} at most", revoked.size(), revocations_max));
    std::set<std::string_view> seen;
    for (std::size_t i = 0; i < revoked.size(); ++i) {
        auto const& each = revoked[i];
        auto const digest = from_hex(each.certificate);
        if (!digest.ok() || digest.value().size() != crypto::Digest {}.size()
            || to_hex(digest.value()) != each.certificate)
            return refused(fmt::format("revoked[{}].certificate", i),
                "a SHA-256 in lower-case hexadecimal is wanted");
        if (!seen.insert(each.certificate).second)
            return refused(fmt::format("revoked[{}].certificate", i), "it is revoked twice");
        if (each.reason.empty() || each.reason.size() > revocation_reason_bytes_max)
            return refused(fmt::format("revoked[{}].reason", i),
                fmt::format("a reason has 1 to {} bytes", revocation_reason_bytes_max));
    }
    return {};
}

std::string name_of(std::string const& pem)
{
    auto const read = Certificate::read_pem(pem);
    if (!read.ok()) return "one that cannot be read";
    return fmt::format("{} ({}, until {})", to_hex(read.value().fingerprint()),
        read.value().common_name(), to_text(read.value().not_after()));
}

void say_lists(std::vector<std::string> const& before, std::vector<std::string> const& after,
    std::string const& what, std::vector<std::string>& out)
{
    for (auto const& each : after)
        if (std::ranges::count(before, each) == 0) out.push_back(what + " comes: " + name_of(each));
    for (auto const& each : before)
        if (std::ranges::count(after, each) == 0) out.push_back(what + " goes: " + name_of(each));
}

void say_texts(std::string const& before, std::string const& after, std::string const& what,
    std::vector<std::string>& out)
{
    if (before != after)
        out.push_back(fmt::format("{}: {} becomes {}", what, before.empty() ? "none" : before,
            after.empty() ? "none" : after));
}

void say_line(TrustedState const& from, TrustedState const& to, std::vector<std::string>& out)
{
    auto const& state = to.state;
    say_texts(from.unit, to.unit, state + " unit", out);
    say_texts(from.address, to.address, state + " address", out);
    if (from.root != to.root) out.push_back(state + " root becomes " + name_of(to.root));
    say_lists(from.seals, to.seals, state + " seal", out);
    say_lists(from.sealings, to.sealings, state + " sealing certificate", out);
    say_lists(from.transports, to.transports, state + " transport certificate", out);
    say_texts(from.register_key, to.register_key, state + " register key", out);
    say_texts(from.next_register_key.value_or(""), to.next_register_key.value_or(""),
        state + " next register key", out);
}

TrustedState const* line_of(TrustList const& list, std::string_view state)
{
    auto const found = std::ranges::find(list.states, state, &TrustedState::state);
    return found == list.states.end() ? nullptr : &*found;
}

} // namespace

Result<TrustList> read_trust_list(std::string_view text)
{
    if (text.size() > trust_list_bytes_max)
        return Error { Error::Kind::too_large,
            fmt::format("trust list: over {} bytes", trust_list_bytes_max), "trust" };
    auto list = TRY(json::read_text<TrustList>(text, json::Unknown::keep));
    if (list.v != trust_list_profile) return refused("v", "of another version of the form");
    if (list.states.empty() || list.states.size() > states_max)
        return refused("states", fmt::format("a list has 1 to {} States", states_max));
    if (list.required_signatures == 0 || list.required_signatures > list.states.size())
        return refused("requiredSignatures",
            fmt::format(
                "{} signatures of {} States", list.required_signatures, list.states.size()));
    if (list.revoked) TRY(check_revocations(*list.revoked));
    return list;
}

Result<std::vector<Peer>> read_peers(TrustList const& list)
{
    std::vector<Peer> out;
    for (std::size_t i = 0; i < list.states.size(); ++i) {
        auto peer = TRY(read_peer(list.states[i], i));
        peer.revoked = list.revoked.value_or(std::vector<Revocation> {});
        if (std::ranges::count(out, peer.state, &Peer::state) > 0)
            return refused(member(i, "state"), fmt::format("{} stands there twice", peer.state));
        out.push_back(std::move(peer));
    }
    return out;
}

Result<void> check_roots(std::vector<Peer> const& peers, TrustRules const& rules)
{
    for (std::size_t i = 0; i < peers.size(); ++i) {
        auto const& peer = peers[i];
        auto const fingerprint = to_hex(peer.root.fingerprint());
        if (std::ranges::count(rules.pinned_roots, peer.root.fingerprint()) == 0)
            return refused(member(i, "root"),
                fmt::format("the root of {} ({}) is not one this State vouches for", peer.state,
                    fingerprint));
        if (std::ranges::count(peer.revoked, fingerprint, &Revocation::certificate) > 0)
            return refused(member(i, "root"), fmt::format("the root of {} is revoked", peer.state));
    }
    return {};
}

Result<void> check_signatures(
    SignedTrustList const& list, std::vector<Peer> const& signers, std::uint32_t required)
{
    auto const count = std::ranges::count_if(signers, [&](Peer const& peer) {
        return std::ranges::any_of(list.signatures,
            [&](TrustSignature const& each) { return signed_by(peer, each, list); });
    });
    if (count >= required) return {};
    return refused("signatures", fmt::format("{} States signed it, {} must", count, required));
}

Result<void> check_succession(TrustList const& list, TrustList const& next)
{
    auto const conflict = [](std::string field, std::string what) {
        return Error { Error::Kind::conflict, "trust list: " + std::move(what), std::move(field) };
    };
    if (next.version < list.version)
        return conflict("version",
            fmt::format(
                "version {} is older than {}, which is in force", next.version, list.version));
    if (next.version == list.version)
        return conflict("version",
            fmt::format(
                "another list of version {} is in force: two lists of one number", list.version));
    if (!list.revoked) return {};
    auto const kept = next.revoked.value_or(std::vector<Revocation> {});
    for (auto const& each : *list.revoked)
        if (std::ranges::count(kept, each) == 0)
            return refused("revoked",
                fmt::format("the revocation of {} is for ever; this list changes it or leaves it "
                            "out",
                    each.certificate));
    return {};
}

TrustSignature sign_trust_list(
    std::string_view text, std::string const& state, crypto::Identity const& seal, Instant at)
{
    return { state, to_base64(crypto::sign(as_view(text), crypto::Content::detached, seal, at)) };
}

std::vector<std::string> changes(TrustList const& from, TrustList const& to)
{
    std::vector<std::string> out;
    if (from.required_signatures != to.required_signatures)
        out.push_back(fmt::format("{} States must sign a list, not {}", to.required_signatures,
            from.required_signatures));
    for (auto const& line : to.states) {
        if (auto const* before = line_of(from, line.state))
            say_line(*before, line, out);
        else
            out.push_back(fmt::format(
                "{} ({}) comes, with the root {}", line.state, line.unit, name_of(line.root)));
    }
    for (auto const& line : from.states)
        if (!line_of(to, line.state)) out.push_back(line.state + " goes");
    auto const before = from.revoked.value_or(std::vector<Revocation> {});
    for (auto const& each : to.revoked.value_or(std::vector<Revocation> {}))
        if (std::ranges::count(before, each) == 0)
            out.push_back(fmt::format(
                "{} is revoked from {} on: {}", each.certificate, to_text(each.at), each.reason));
    return out;
}

} // namespace comity::exchange
