#pragma once

#include "exchange/trust.h"

/// What a trust list must be; included by this room's sources only. Errors name the member.
namespace comity::exchange {

/// Every line, with certificates that its root signed.
Result<std::vector<Peer>> read_peers(TrustList const& list);
/// Every root is one that this State vouches for, and not revoked.
Result<void> check_roots(std::vector<Peer> const& peers, TrustRules const& rules);
/// At least so many of these States signed, each with a seal that counted when it was installed.
Result<void> check_signatures(
    SignedTrustList const& list, std::vector<Peer> const& signers, std::uint32_t required);
/// `next` has a higher version and takes back no revocation.
Result<void> check_succession(TrustList const& list, TrustList const& next);

} // namespace comity::exchange
