#pragma once

#include "crypto/cms.h"

/// A small time-stamp authority (RFC 3161) for tests and trials: SHA-256 alone, one policy. In
/// earnest the authority is another's.
namespace comity::crypto {

class TimestampAuthority {
public:
    /// With a key of its own and a self-signed certificate for time-stamping alone.
    TimestampAuthority(std::string const& name, Instant from, Instant until);

    Certificate const& certificate() const { return identity_.certificate; }
    /// Answers a TimeStampReq with a TimeStampResp, which may be a refusal.
    Bytes answer(ByteView request, Instant at);

private:
    Identity identity_;
    std::uint64_t serial_ = 0;
};

} // namespace comity::crypto
