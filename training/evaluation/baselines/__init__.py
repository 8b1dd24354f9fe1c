"""What a model has to beat: silence, a linear classifier, and the agent that Home Assistant ships."""
