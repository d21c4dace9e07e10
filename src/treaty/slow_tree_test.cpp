#include "treaty/slow_evaluator_test.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <charconv>

namespace comity::treaty::test {
namespace {

void skip(std::string_view& text)
{
    while (text.starts_with(' ')) text.remove_prefix(1);
}

/// The number of a word of a fact, or of an agreement's way to name offences.
std::int64_t number_of_word(std::string_view name, std::string const& word)
{
    auto const* fact = name.starts_with('@') ? nullptr : find_fact(name);
    auto const words = fact ? fact->words() : json::words<OffenceModel>();
    auto const found = std::ranges::find(words, word);
    EXPECT_NE(found, words.end()) << name << "=" << word;
    return found - words.begin();
}

} // namespace

std::unique_ptr<Tree> Tree::parse(std::string_view text)
{
    auto tree = parse_any(text);
    EXPECT_TRUE(text.empty()) << text;
    return tree;
}

int Tree::value(Background const& background) const
{
    switch (what_) {
    case '!': return 2 - left_->value(background);
    case '&': return std::min(left_->value(background), right_->value(background));
    case '|': return std::max(left_->value(background), right_->value(background));
    default: return compare(background);
    }
}

std::unique_ptr<Tree> Tree::join(char what, std::unique_ptr<Tree> left, std::unique_ptr<Tree> right)
{
    auto out = std::make_unique<Tree>();
    out->what_ = what;
    out->left_ = std::move(left);
    out->right_ = std::move(right);
    return out;
}

std::unique_ptr<Tree> Tree::parse_any(std::string_view& text)
{
    auto out = parse_all(text);
    for (skip(text); text.starts_with('|'); skip(text)) {
        text.remove_prefix(1);
        out = join('|', std::move(out), parse_all(text));
    }
    return out;
}

std::unique_ptr<Tree> Tree::parse_all(std::string_view& text)
{
    auto out = parse_one(text);
    for (skip(text); text.starts_with('&'); skip(text)) {
        text.remove_prefix(1);
        out = join('&', std::move(out), parse_one(text));
    }
    return out;
}

std::unique_ptr<Tree> Tree::parse_one(std::string_view& text)
{
    skip(text);
    if (text.starts_with('!')) {
        text.remove_prefix(1);
        return join('!', parse_one(text), nullptr);
    }
    if (text.starts_with('(')) {
        text.remove_prefix(1);
        auto out = parse_any(text);
        EXPECT_TRUE(text.starts_with(')')) << text;
        text.remove_prefix(1);
        return out;
    }
    auto const end = std::min(text.find_first_of(" )"), text.size());
    auto out = std::make_unique<Tree>();
    out->name_ = text.substr(0, end);
    text.remove_prefix(end);
    out->split();
    return out;
}

void Tree::split()
{
    auto const at = name_.find_first_of("<>=");
    if (at == std::string::npos) {
        if (name_.ends_with('?')) name_.pop_back();
        return;
    }
    what_ = name_[at];
    bound_ = name_.substr(at + (what_ == '=' ? 1U : 2U));
    name_.resize(at);
    if (what_ == '=') {
        constant_ = number_of_word(name_, bound_);
        return;
    }
    std::int64_t number = 0;
    auto const* end = bound_.data() + bound_.size();
    if (std::from_chars(bound_.data(), end, number).ec == std::errc {}) constant_ = number;
}

int Tree::compare(Background const& background) const
{
    auto const mine = background.value(name_);
    if (what_ == ' ') return !mine ? 1 : *mine != 0 ? 2 : 0;
    auto const bound = constant_ ? constant_ : background.value(bound_);
    if (!mine || !bound) return 1;
    if (what_ == '=') return *mine == *bound ? 2 : 0;
    return (what_ == '>' ? *mine >= *bound : *mine <= *bound) ? 2 : 0;
}

} // namespace comity::treaty::test
