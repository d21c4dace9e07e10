#include "exchange/trust.h"

#include <fmt/format.h>

#include <algorithm>

namespace comity::exchange {
namespace {

using crypto::Certificate;

constexpr std::uint32_t list_version = 1;
constexpr std::size_t states_max = 64;
constexpr std::size_t certificates_max = 8;

Error refused(std::string what)
{
    return { Error::Kind::not_authentic, "trust list: " + std::move(what), "trust" };
}

Result<std::vector<Certificate>> read_chain(std::vector<std::string> const& pems,
    Certificate const& root, std::string_view what, std::string_view state)
{
    if (pems.empty() || pems.size() > certificates_max)
        return refused(fmt::format("{} needs 1 to {} {}", state, certificates_max, what));
    std::vector<Certificate> out;
    for (auto const& pem : pems) {
        out.push_back(TRY(Certificate::read_pem(pem)));
        if (!out.back().issued_by(root))
            return refused(fmt::format("a certificate of {} is not signed by its root", state));
    }
    return out;
}

Result<Peer> read_peer(TrustedState const& line)
{
    auto const root = TRY(Certificate::read_pem(line.root));
    auto seals = TRY(read_chain(line.seals, root, "seals", line.state));
    auto sealings = TRY(read_chain(line.sealings, root, "sealing certificates", line.state));
    auto transports = TRY(read_chain(line.transports, root, "transport certificates", line.state));
    auto register_key = TRY(ledger::Verifier::read(line.register_key));
    return Peer { line.state, line.unit, root, std::move(seals), std::move(sealings),
        std::move(transports), std::move(register_key), line.address };
}

bool signed_by(
    Peer const& peer, TrustSignature const& signature, std::string_view list, Instant now)
{
    auto const der = from_base64(signature.signature);
    if (peer.state != signature.state || !der.ok()) return false;
    return std::ranges::any_of(peer.seals, [&](Certificate const& seal) {
        return seal.valid_at(now) && crypto::verify_detached(der.value(), as_view(list), seal).ok();
    });
}

Certificate const* by_fingerprint(
    std::vector<Certificate> const& certificates, std::string_view fingerprint)
{
    auto const found = std::ranges::find_if(certificates,
        [&](Certificate const& each) { return to_hex(each.fingerprint()) == fingerprint; });
    return found == certificates.end() ? nullptr : &*found;
}

} // namespace

Result<Certificate> Peer::seal(std::string_view fingerprint, Instant at) const
{
    auto const* found = by_fingerprint(seals, fingerprint);
    if (!found)
        return Error { Error::Kind::not_authentic,
            fmt::format("unknown signer: no seal of {} has this certificate", state),
            "from.certificate" };
    if (!found->valid_at(at))
        return Error { Error::Kind::not_authentic,
            fmt::format("the seal of {} is not valid on {}: its certificate runs from {} to {}",
                state, to_text(at), to_text(found->not_before()), to_text(found->not_after())),
            "from.certificate" };
    return *found;
}

Result<Certificate> Peer::sealing(Instant at) const
{
    Certificate const* newest = nullptr;
    for (auto const& each : sealings)
        if (each.valid_at(at) && (!newest || each.not_after() > newest->not_after()))
            newest = &each;
    if (newest) return *newest;
    return Error { Error::Kind::not_authentic,
        fmt::format("no certificate to seal to {} is valid today", state), "to.certificate" };
}

bool Peer::can_open(std::string_view fingerprint, Instant at) const
{
    auto const* found = by_fingerprint(sealings, fingerprint);
    return found && found->valid_at(at);
}

Result<Trust> Trust::read(std::string_view list, std::span<TrustSignature const> signatures,
    std::span<crypto::Digest const> pinned_roots, std::uint32_t own_minimum, Instant now)
{
    auto const lines = TRY(json::read_text<TrustList>(list, json::Unknown::keep));
    if (lines.v != list_version || lines.states.empty() || lines.states.size() > states_max)
        return refused("of another version, empty or over 64 States");
    Trust trust;
    for (auto const& line : lines.states) {
        auto peer = TRY(read_peer(line));
        if (!std::ranges::count(pinned_roots, peer.root.fingerprint()))
            return refused(
                fmt::format("the root of {} is not one this State vouches for", line.state));
        if (trust.find(line.state).ok())
            return refused(fmt::format("{} stands there twice", line.state));
        trust.peers_.push_back(std::move(peer));
    }
    auto const count = std::ranges::count_if(trust.peers_, [&](Peer const& peer) {
        return std::ranges::any_of(signatures,
            [&](TrustSignature const& each) { return signed_by(peer, each, list, now); });
    });
    auto const required = std::max({ lines.required_signatures, own_minimum, 1U });
    if (count < required)
        return refused(fmt::format("{} States signed it, {} must", count, required));
    return trust;
}

Result<Peer> Trust::find(std::string_view state) const
{
    auto const found
        = std::ranges::find_if(peers_, [&](Peer const& each) { return each.state == state; });
    if (found == peers_.end())
        return Error { Error::Kind::not_found,
            fmt::format("no node of {} is in the trust list", state), "to" };
    return *found;
}

Result<Peer> Trust::by_transport(crypto::Digest const& fingerprint, Instant now) const
{
    for (auto const& peer : peers_)
        for (auto const& certificate : peer.transports)
            if (certificate.fingerprint() == fingerprint && certificate.valid_at(now)) return peer;
    return Error { Error::Kind::not_authentic, "no State's node speaks with this TLS certificate" };
}

} // namespace comity::exchange
