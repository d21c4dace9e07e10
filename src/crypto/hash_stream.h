#pragma once

#include "crypto/hash.h"

#include <memory>

struct evp_md_ctx_st;

namespace comity::crypto {

/// SHA-256 (FIPS 180-4) of what comes piece by piece.
class HashStream {
public:
    HashStream();
    void add(ByteView bytes);
    /// Once; nothing may be added after it.
    Digest digest();

private:
    struct Free {
        void operator()(evp_md_ctx_st* context) const;
    };
    std::unique_ptr<evp_md_ctx_st, Free> context_;
};

} // namespace comity::crypto
