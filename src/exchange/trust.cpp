#include "exchange/trust.h"

#include "exchange/trust_rules.h"

#include <fmt/format.h>

#include <algorithm>

namespace comity::exchange {

using crypto::Certificate;

/// A list as it was read, with the instant from which it was in force.
struct Trust::State {
    struct Era {
        std::vector<Peer> peers;
        Instant from;
    };
    SignedTrustList signed_list;
    TrustList list;
    std::vector<Peer> peers;
    std::vector<Era> earlier; ///< The oldest first.
};

namespace {

Certificate const* by_fingerprint(
    std::vector<Certificate> const& certificates, std::string_view fingerprint)
{
    auto const found = std::ranges::find_if(certificates,
        [&](Certificate const& each) { return to_hex(each.fingerprint()) == fingerprint; });
    return found == certificates.end() ? nullptr : &*found;
}

Revocation const* revocation_of(std::vector<Revocation> const& revoked, Certificate const& of)
{
    auto const fingerprint = to_hex(of.fingerprint());
    auto const found = std::ranges::find(revoked, fingerprint, &Revocation::certificate);
    return found == revoked.end() ? nullptr : &*found;
}

bool counts(std::vector<Revocation> const& revoked, Certificate const& certificate, Instant at)
{
    auto const* revocation = revocation_of(revoked, certificate);
    return certificate.valid_at(at) && (!revocation || at < revocation->at);
}

Error not_a_seal(std::string what)
{
    return { Error::Kind::not_authentic, std::move(what), "from.certificate" };
}

/// A seal that some list names, judged at an instant.
Result<Certificate> judged(std::string_view state, std::vector<Revocation> const& revoked,
    Certificate const& seal, Instant at)
{
    if (auto const* revocation = revocation_of(revoked, seal); revocation && at >= revocation->at)
        return not_a_seal(fmt::format("the seal of {} is revoked from {} on: {}", state,
            to_text(revocation->at), revocation->reason));
    if (!seal.valid_at(at))
        return not_a_seal(
            fmt::format("the seal of {} is not valid on {}: its certificate runs from {} to {}",
                state, to_text(at), to_text(seal.not_before()), to_text(seal.not_after())));
    return seal;
}

Error unknown_seal(std::string_view state)
{
    return not_a_seal(fmt::format("unknown signer: no seal of {} has this certificate", state));
}

Peer const* line_of(std::vector<Peer> const& peers, std::string_view state)
{
    auto const found = std::ranges::find(peers, state, &Peer::state);
    return found == peers.end() ? nullptr : &*found;
}

} // namespace

Result<Certificate> Peer::seal(std::string_view fingerprint, Instant at) const
{
    auto const* found = by_fingerprint(seals, fingerprint);
    if (!found) return unknown_seal(state);
    return judged(state, revoked, *found, at);
}

Result<Certificate> Peer::sealing(Instant at) const
{
    Certificate const* newest = nullptr;
    for (auto const& each : sealings)
        if (counts(revoked, each, at) && (!newest || each.not_after() > newest->not_after()))
            newest = &each;
    if (newest) return *newest;
    return Error { Error::Kind::not_authentic,
        fmt::format("no certificate to seal to {} is valid today", state), "to.certificate" };
}

bool Peer::can_open(std::string_view fingerprint, Instant at) const
{
    auto const* found = by_fingerprint(sealings, fingerprint);
    return found && counts(revoked, *found, at);
}

std::vector<Certificate> Peer::shown_in_tls() const
{
    std::vector<Certificate> out;
    for (auto const& each : transports)
        if (!revocation_of(revoked, each)) out.push_back(each);
    return out;
}

Trust::Trust(std::shared_ptr<State const> state)
    : state_(std::move(state))
{
}

Result<Trust> Trust::read(SignedTrustList const& list, TrustRules const& rules)
{
    return read(std::span { &list, 1 }, rules);
}

Result<Trust> Trust::read(std::string_view list, std::span<TrustSignature const> signatures,
    std::span<crypto::Digest const> pinned_roots, std::uint32_t own_minimum, Instant now)
{
    return read(
        SignedTrustList { std::string { list }, { signatures.begin(), signatures.end() }, now },
        TrustRules { { pinned_roots.begin(), pinned_roots.end() }, own_minimum });
}

Result<Trust> Trust::read(std::span<SignedTrustList const> lists, TrustRules const& rules)
{
    MUST(!lists.empty());
    auto state = std::make_shared<State>();
    for (auto const& each : lists.first(lists.size() - 1)) {
        auto const lines = TRY(read_trust_list(each.text));
        auto peers = TRY(read_peers(lines));
        state->earlier.push_back({ std::move(peers), each.installed_at });
    }
    state->signed_list = lists.back();
    state->list = TRY(read_trust_list(state->signed_list.text));
    state->peers = TRY(read_peers(state->list));
    TRY(check_roots(state->peers, rules));
    TRY(check_signatures(state->signed_list, state->peers,
        std::max(state->list.required_signatures, rules.signatures_min)));
    return Trust { std::move(state) };
}

Result<void> Trust::may_be_followed_by(std::string_view next, TrustRules const& rules) const
{
    if (next == state_->signed_list.text) return {};
    auto const list = TRY(read_trust_list(next));
    TRY(check_roots(TRY(read_peers(list)), rules));
    return check_succession(state_->list, list);
}

Result<Trust> Trust::followed_by(SignedTrustList const& next, TrustRules const& rules) const
{
    if (next.text == state_->signed_list.text) return *this;
    TRY(may_be_followed_by(next.text, rules));
    auto state = std::make_shared<State>();
    state->signed_list = next;
    state->list = TRY(read_trust_list(next.text));
    state->peers = TRY(read_peers(state->list));
    // A seal that the new list revokes must not carry the new list.
    auto before = state_->peers;
    for (auto& peer : before) peer.revoked = state->list.revoked.value_or(peer.revoked);
    TRY(check_signatures(
        next, before, std::max(state_->list.required_signatures, rules.signatures_min)));
    TRY(check_signatures(
        next, state->peers, std::max(state->list.required_signatures, rules.signatures_min)));
    state->earlier = state_->earlier;
    state->earlier.push_back({ state_->peers, state_->signed_list.installed_at });
    return Trust { std::move(state) };
}

TrustList const& Trust::list() const
{
    return state_->list;
}

SignedTrustList const& Trust::signed_list() const
{
    return state_->signed_list;
}

std::vector<Peer> const& Trust::peers() const&
{
    return state_->peers;
}

Result<Peer> Trust::find(std::string_view state) const
{
    if (auto const* found = line_of(state_->peers, state)) return *found;
    return Error { Error::Kind::not_found, fmt::format("no node of {} is in the trust list", state),
        "to" };
}

Result<Peer> Trust::by_transport(crypto::Digest const& fingerprint, Instant now) const
{
    for (auto const& peer : state_->peers)
        for (auto const& certificate : peer.shown_in_tls())
            if (certificate.fingerprint() == fingerprint && certificate.valid_at(now)) return peer;
    return Error { Error::Kind::not_authentic, "no State's node speaks with this TLS certificate" };
}

Result<Certificate> Trust::seal_then(
    std::string_view state, std::string_view fingerprint, Instant signed_at) const
{
    static std::vector<Revocation> const none;
    auto const& revoked = state_->list.revoked ? *state_->list.revoked : none;
    if (auto const* now = line_of(state_->peers, state))
        if (auto const* seal = by_fingerprint(now->seals, fingerprint))
            return judged(state, revoked, *seal, signed_at);
    for (auto const& era : state_->earlier)
        if (auto const* then = line_of(era.peers, state))
            if (auto const* seal = by_fingerprint(then->seals, fingerprint))
                return judged(state, revoked, *seal, signed_at);
    return unknown_seal(state);
}

Result<Certificate> Trust::seal_on_arrival(
    std::string_view state, std::string_view fingerprint, ByteView signature, Instant now) const
{
    auto const peer = TRY(find(state));
    auto in_force = peer.seal(fingerprint, now);
    if (in_force.ok()) return in_force;
    // Without a signing time there is nothing older to judge it at.
    auto const signed_at = crypto::signing_time(signature);
    if (!signed_at.ok() || signed_at.value() > now) return in_force;
    auto then = seal_then(state, fingerprint, signed_at.value());
    return then.ok() ? then : in_force;
}

Result<Certificate> Trust::root_of(std::string_view state, Certificate const& certificate) const
{
    auto const* now = line_of(state_->peers, state);
    if (now && certificate.issued_by(now->root)) return now->root;
    for (auto const& era : state_->earlier) {
        auto const* then = line_of(era.peers, state);
        if (then && certificate.issued_by(then->root)) return then->root;
    }
    return Error { Error::Kind::not_authentic,
        fmt::format("no root that {} ever had signed this certificate", state), "trust" };
}

Result<ledger::Verifier> Trust::register_key_of(std::string_view state, std::string_view note) const
{
    std::vector<Peer const*> lines { line_of(state_->peers, state) };
    for (auto const& era : state_->earlier) lines.push_back(line_of(era.peers, state));
    for (auto const* line : lines) {
        if (!line) continue;
        auto const& named = line->register_key;
        ledger::Verifier const one { named.name, named.key };
        if (ledger::open_note(note, one).ok()) return one;
        ledger::Verifier const other { named.name, named.next.value_or(named.key) };
        if (ledger::open_note(note, other).ok()) return other;
    }
    return Error { Error::Kind::not_authentic,
        fmt::format("no register key that {} ever had signed this head", state), "checkpoint" };
}

std::optional<Instant> Trust::unnamed_since(std::string_view fingerprint) const
{
    auto const named = [&](std::vector<Peer> const& peers) {
        return std::ranges::any_of(peers, [&](Peer const& each) {
            return by_fingerprint(each.seals, fingerprint)
                || by_fingerprint(each.sealings, fingerprint)
                || by_fingerprint(each.transports, fingerprint);
        });
    };
    if (named(state_->peers)) return std::nullopt;
    auto since = state_->signed_list.installed_at;
    for (auto era = state_->earlier.rbegin(); era != state_->earlier.rend(); ++era) {
        if (named(era->peers)) return since;
        since = era->from;
    }
    return since;
}

} // namespace comity::exchange
