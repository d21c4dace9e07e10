// The signed head of another State's register, and the key it is checked with.
#include "fuzz/fuzz.h"
#include "ledger/checkpoint.h"

using namespace comity;

namespace {

struct Head {
    crypto::Key key = crypto::Key::generate(crypto::Key::Kind::ed25519);
    ledger::Checkpoint checkpoint { "register.bg.test", 305, crypto::sha256(as_view("root")) };
    ledger::Verifier verifier { checkpoint.origin, crypto::public_key_of(key) };
    Bytes note = to_bytes(ledger::sign_checkpoint(checkpoint, key));
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    static Head const head;
    auto const text = as_text({ data, size });
    static_cast<void>(ledger::read_checkpoint(text));
    MUST(!ledger::open_checkpoint(text, head.verifier).ok());
    auto const verifier = ledger::Verifier::read(text);
    if (verifier.ok()) {
        MUST(verifier.value().text() == text);
        static_cast<void>(ledger::open_checkpoint(as_text(head.note), verifier.value()));
    }
    // Others may add their signatures to a note; what the note says stays what was signed.
    auto const altered = fuzz::altered(head.note, { data, size });
    auto const opened = ledger::open_checkpoint(as_text(altered), head.verifier);
    MUST(!opened.ok() || opened.value() == head.checkpoint);
    return 0;
}
