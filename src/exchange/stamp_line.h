#pragma once

#include "base/bytes.h"

#include <chrono>

/// The way to a time-stamp authority (RFC 3161 3.4): plain HTTP, for the answer is signed and asks
/// for nothing secret.
namespace comity::exchange {

constexpr std::size_t stamp_reply_bytes_max = 65'536; ///< Header and all.

struct StampAddress {
    std::string host;
    std::string port;
    std::string path;
};
/// "http://host[:port][/path]". Error: malformed.
Result<StampAddress> read_stamp_address(std::string_view url);

/// POSTs a TimeStampReq and brings the TimeStampResp. Errors: unavailable (nobody there, too slow,
/// another status); malformed, too_large for what is no such answer.
Result<Bytes> ask_for_stamp(
    StampAddress const& address, ByteView request, std::chrono::seconds whole);
/// The body of the whole answer of a server that closes after it.
Result<Bytes> read_stamp_reply(std::string_view reply);

} // namespace comity::exchange
