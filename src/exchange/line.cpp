#include "exchange/line.h"

#include "exchange/batch.h"
#include "exchange/envelope.h"

namespace comity::exchange {
namespace {

constexpr int ok = 200, stored = 204, no_such_path = 404, conflict = 409;

Error error_of(Reply const& reply)
{
    return *read_refusal(reply.status, reply.body).refused;
}

class Sender {
public:
    Sender(PipeNow pipe, Random random)
        : pipe_(std::move(pipe))
        , random_(std::move(random))
    {
    }
    Result<Carried> carry(std::span<UnderWay const> messages)
    {
        auto carried = messages.size() > 1 && takes_batches_ ? carry_batch(messages)
                                                             : carry_one(messages.front());
        if (!carried.ok() || carried.value().refused) takes_batches_ = true;
        return carried;
    }

private:
    Result<Carried> carry_one(UnderWay const& message)
    {
        auto const body = write_envelope(message.envelope, random_);
        auto reply = TRY(pipe_()->post(message_path, body.content_type, body.body));
        if (reply.status == ok) return Carried { { std::move(reply.body) }, {}, {} };
        auto refusal = read_refusal(reply.status, reply.body);
        if (reply.status != conflict) {
            refusal.expected.reset();
            refusal.lacks_attachments = false;
        }
        return refusal;
    }
    Result<Carried> carry_batch(std::span<UnderWay const> messages)
    {
        auto const reply = TRY(pipe_()->post(batch_path, batch_type, write_batch(messages)));
        if (reply.status == ok) return read_answers(reply.body, messages.size());
        if (reply.status != no_such_path) return error_of(reply);
        takes_batches_ = false;
        return carry_one(messages.front());
    }

    PipeNow pipe_;
    Random random_;
    bool takes_batches_ = true; ///< As far as is known. Touched by the line's one caller alone.
};

} // namespace

Line line_over(PipeNow const& pipe, Random random)
{
    Line line;
    auto const sender = std::make_shared<Sender>(pipe, std::move(random));
    line.carry = [sender](std::span<UnderWay const> messages) { return sender->carry(messages); };
    line.hand_receipt = [pipe](Bytes const& receipt) -> Result<void> {
        auto const reply = TRY(pipe()->post(receipt_path, receipt_type, receipt));
        if (reply.status != stored) return error_of(reply);
        return {};
    };
    line.window.fetch = register_over(pipe);
    line.window.cosign = [pipe](std::string const& request) -> Result<Cosigned> {
        auto const reply = TRY(pipe()->post(
            "/register/witness/add-checkpoint", "text/plain; charset=utf-8", as_view(request)));
        return Cosigned { reply.status, std::string { as_text(reply.body) } };
    };
    return line;
}

ledger::Fetch register_over(PipeNow pipe)
{
    return [pipe = std::move(pipe)](std::string const& path) -> Result<Bytes> {
        auto reply = TRY(pipe()->get("/" + path));
        if (reply.status == ok) return std::move(reply.body);
        auto error = error_of(reply);
        if (reply.status == no_such_path) error.kind = Error::Kind::not_found;
        return error;
    };
}

} // namespace comity::exchange
