"""One .cypher file per question; the folder is the registry."""

from outbreach.queries.question import Column, Parameter, Question, question_named, questions

__all__ = ["Column", "Parameter", "Question", "question_named", "questions"]
