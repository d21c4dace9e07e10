#include "identification/file_audit.h"

#include <fmt/format.h>

namespace comity::identification {

FileAudit::~FileAudit()
{
    thread_.request_stop();
    wait();
}

void FileAudit::wait()
{
    if (thread_.joinable()) thread_.join();
}

Result<AuditState> FileAudit::begin(dna::Category category, dna::RuleSet rules)
{
    std::lock_guard const hold { mutex_ };
    if (state_ && state_->running)
        return Error { Error::Kind::conflict,
            fmt::format("the file of {} is being audited: {} of {} profiles are compared",
                json::word(state_->category), state_->done, state_->all),
            "category" };
    wait(); // it has set its result and ends
    state_ = AuditState { category, fmt::format("{} {}", rules.name, rules.version), 0,
        database_.size(File::national, category) };
    thread_ = std::jthread { [this, category, rules = std::move(rules)](
                                 std::stop_token const& stop) { run(stop, rules, category); } };
    return *state_;
}

std::optional<AuditState> FileAudit::state() const
{
    std::lock_guard const hold { mutex_ };
    return state_;
}

void FileAudit::run(std::stop_token const& stop, dna::RuleSet const& rules, dna::Category category)
{
    dna::ConnectionOptions options;
    options.stop = stop;
    options.progress = [this](dna::ConnectionProgress const& progress) {
        std::lock_guard const hold { mutex_ };
        state_->done = progress.queries_done;
        state_->all = progress.queries_all;
        state_->pairs = progress.hits;
    };
    auto audited = database_.audit(category, rules, options);
    std::lock_guard const hold { mutex_ };
    state_->running = false;
    if (audited.ok())
        state_->audit = audited.take();
    else
        state_->error = audited.error();
}

} // namespace comity::identification
