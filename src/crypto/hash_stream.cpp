#include "crypto/hash_stream.h"

#include <openssl/evp.h>

namespace comity::crypto {

void HashStream::Free::operator()(evp_md_ctx_st* context) const
{
    EVP_MD_CTX_free(context);
}

HashStream::HashStream()
    : context_(EVP_MD_CTX_new())
{
    MUST(context_ && EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) == 1);
}

void HashStream::add(ByteView bytes)
{
    MUST(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) == 1);
}

Digest HashStream::digest()
{
    Digest out {};
    MUST(EVP_DigestFinal_ex(context_.get(), out.data(), nullptr) == 1);
    return out;
}

} // namespace comity::crypto
