#pragma once

#include "crypto/symmetric.h"
#include "exchange/pipe.h"

#include <map>
#include <mutex>
#include <optional>

/// The outer layer that a pair of States may agree on: every body on its exchange paths goes under
/// a 256-bit key that was brought by courier. What is recorded today stays closed to a machine that
/// breaks elliptic curves tomorrow. docs/PROTOCOL.md section 2 has the format, byte by byte.
namespace comity::exchange {

constexpr std::string_view outer_type = "application/comity-outer";
constexpr std::string_view exchange_prefix = "/exchange/v1/";
constexpr std::size_t outer_keys_max = 2; ///< Of a pair; two while one replaces the other.
constexpr std::size_t outer_content_type_bytes_max = 200;

using OuterSalt = std::array<std::uint8_t, 32>;

/// A pair's key, and how a body names it.
class OuterKey {
public:
    using Id = std::array<std::uint8_t, 8>;
    /// 64 hexadecimal characters and perhaps a line end. Error: malformed.
    static Result<OuterKey> read(std::string_view text);
    explicit OuterKey(crypto::Key256 const& key);
    Id const& id() const { return id_; }
    ByteView bytes() const { return key_; }

private:
    crypto::Key256 key_;
    Id id_;
};

/// Which body it is. It is mixed into the key, so a body that is put elsewhere does not open.
struct OuterPlace {
    std::string from, to; ///< States, of this body.
    std::string path;
    std::optional<OuterSalt> answers {}; ///< Of an answer: the salt of its request, or zeros.
};

/// What stands in clear inside.
struct OuterBody {
    int status = 0; ///< Of an answer; 0 in a request.
    std::string content_type; ///< Empty where the content is.
    Bytes content;
};

struct OuterOpened {
    OuterBody body;
    OuterSalt salt;
    std::size_t key; ///< Its place among the keys that were tried.
};

/// `salt`: fresh random bytes, never used before.
Bytes wrap_outer(
    OuterBody const& body, OuterKey const& key, OuterPlace const& place, OuterSalt const& salt);
/// Errors: malformed for another form; not_authentic for a key that is not among these, and for
/// what does not open under its key at this place.
Result<OuterOpened> unwrap_outer(
    ByteView bytes, std::span<OuterKey const> keys, OuterPlace const& place);

/// The pairs of one State that have keys. The first key of a pair seals, each of them opens.
class OuterKeys {
public:
    using ByState = std::map<std::string, std::vector<OuterKey>>;
    explicit OuterKeys(ByState keys = {})
        : keys_(std::move(keys))
    {
    }
    std::vector<OuterKey> of(std::string const& state) const;
    void use(ByState keys);

private:
    mutable std::mutex mutex_; // they may change while bodies flow
    ByState keys_;
};

/// A pipe to one State with the outer layer on it where the pair has one. Then an answer in clear
/// is no answer, whatever it says.
class OuterPipe {
public:
    struct Pair {
        std::string own, peer;
    };
    OuterPipe(std::unique_ptr<Pipe> pipe, Pair pair, std::shared_ptr<OuterKeys const> keys,
        Random random);
    /// Errors as for Pipe; not_authentic for an answer without the layer or that does not open.
    Result<Reply> post(std::string_view path, std::string_view content_type, ByteView body);
    Result<Reply> put(std::string_view path, std::string_view content_type, ByteView body);
    Result<Reply> get(std::string_view path);

private:
    using Send = Result<Reply> (Pipe::*)(std::string_view, std::string_view, ByteView);
    Result<Reply> send(
        Send method, std::string_view path, std::string_view content_type, ByteView body);

    std::unique_ptr<Pipe> pipe_;
    Pair pair_;
    std::shared_ptr<OuterKeys const> keys_;
    Random random_;
};

/// The pipe as it stands when it is asked for: another one once keys have changed.
using PipeNow = std::function<std::shared_ptr<OuterPipe>()>;

} // namespace comity::exchange
